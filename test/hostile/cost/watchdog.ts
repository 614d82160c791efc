import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a hostile peer sends: a message, or the runs of a batch. */
export type Input =
  | {
      readonly head: Uint8Array;
      readonly body: ArrayBuffer | undefined;
      /** The head begins with kind and channel. Otherwise it is a payload. */
      readonly whole: boolean;
    }
  | { readonly runs: unknown };

export interface Cost {
  /** `values`, the code of an error, or an error that has none. */
  readonly outcome: string;
  readonly milliseconds: number;
  /** All that was allocated. */
  readonly bytes: number;
}

const meter = fileURLToPath(new URL('meter.ts', import.meta.url));
const megabytes = { heap: 256, young: 64 };
const mostMilliseconds = 10_000;

/** Lets a process of its own read inputs. Ends it when one takes too long; V8 does for memory. */
export class Watchdog {
  #child: ChildProcess | undefined;

  /** A process that ended costs infinite time, or infinite memory. */
  async measure(input: Input): Promise<Cost> {
    this.#child ??= start();
    const child = this.#child;
    const signal = AbortSignal.timeout(mostMilliseconds);
    const ended = new AbortController();
    const end = once(child, 'exit', { signal: ended.signal }).then(
      () => cost('took all memory', 0, Number.POSITIVE_INFINITY),
      () => cost('never', 0, 0),
    );
    const answer = once(child, 'message', { signal }).then(
      ([measured]) => measured as Cost,
      () => cost('took too long', Number.POSITIVE_INFINITY, 0),
    );
    child.send(input);
    const result = await Promise.race([answer, end]);
    ended.abort();
    if (result.outcome.startsWith('took ')) this.close();
    return result;
  }

  close(): void {
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }
}

function start(): ChildProcess {
  return fork(meter, [], {
    // Keeps holes, and values that are in two places.
    serialization: 'advanced',
    // V8 says at length that it has no memory left.
    stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
    execArgv: [
      ...['--import', 'tsx', `--max-old-space-size=${megabytes.heap}`],
      `--min-semi-space-size=${megabytes.young}`,
      `--max-semi-space-size=${megabytes.young}`,
    ],
  });
}

function cost(outcome: string, milliseconds: number, bytes: number): Cost {
  return { outcome, milliseconds, bytes };
}
