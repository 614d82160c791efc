import { limitWait } from './deadline.ts';
import type { RingwireError } from './errors.ts';
import type { InvokeOptions } from './types.ts';

/** One `invoke` whose answer has not come. */
interface Invocation {
  resolve(value: unknown): void;
  reject(reason: unknown): void;
  /** Releases timer and signal. */
  release: (() => void) | undefined;
}

/** The requests of this side that wait for an answer. Each of them settles. */
export class Invocations {
  readonly #waiting: Map<number, Invocation> = new Map();
  readonly #cancel: (id: number) => void;
  #last = 0;

  /** `cancel` tells the peer that nobody waits for this request any more. */
  constructor(cancel: (id: number) => void) {
    this.#cancel = cancel;
  }

  /** A number that no waiting request has. */
  nextId(): number {
    do this.#last = (this.#last + 1) >>> 0;
    while (this.#waiting.has(this.#last));
    return this.#last;
  }

  /** Waits for the answer to the request `id`, which has been sent. */
  wait(
    id: number,
    channel: string,
    options: InvokeOptions | undefined,
    resolve: (value: unknown) => void,
    reject: (reason: unknown) => void,
  ): void {
    const release =
      options &&
      limitWait(options, `invoke('${channel}')`, (reason) => {
        this.reject(id, reason);
        this.#cancel(id);
      });
    this.#waiting.set(id, { resolve, reject, release });
  }

  /** The answer came. A late one, to a request that timed out, is dropped. */
  resolve(id: number, value: unknown): void {
    this.#take(id)?.resolve(value);
  }

  reject(id: number, reason: unknown): void {
    this.#take(id)?.reject(reason);
  }

  /** The connection has ended. */
  rejectAll(reason: RingwireError): void {
    for (const id of [...this.#waiting.keys()]) this.reject(id, reason);
  }

  #take(id: number): Invocation | undefined {
    const invocation = this.#waiting.get(id);
    this.#waiting.delete(id);
    invocation?.release?.();
    return invocation;
  }
}
