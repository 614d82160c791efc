import type { BatchRun } from '../protocol.ts';

/** The largest message that is batched, in characters, bytes and members; larger ones go alone. */
export const largestBatched = 4096;

/** The most messages of a batch. */
export const mostMessages = 256;

/** A batch leaves at this size: Chromium still sends it inline, without shared memory. */
const mostSize = 32_768;

/**
 * The most values of a batch: each adds at least 1 to its size, and the last message may go beyond.
 */
export const mostValues: number = mostSize + largestBatched;

/** A copy of the values of one message, and about how large it is. */
export interface Copy {
  readonly values: unknown[];
  readonly size: number;
}

/**
 * The most calls in batches of one document whose answers have not come; more of them go alone. Main
 * keeps answers until the document asks for them, and a hostile one never does.
 */
export const mostOpenCalls = 65_536;

/** Messages that leave in one batch. */
export class BatchBuffer {
  #runs: BatchRun[] = [];
  #count = 0;
  #size = 0;

  /** Adds an `invoke`, with its number, or a `send`. Returns whether the batch is full now. */
  add(channel: string, { values, size }: Copy, id?: number): boolean {
    let run = this.#runs.at(-1);
    if (run === undefined || !continues(run, channel, values, id)) {
      run = [channel, 0, [], []];
      this.#runs.push(run);
    }
    run[1]++;
    run[2].push(...values);
    if (id !== undefined) run[3].push(id);
    this.#size += size;
    return ++this.#count >= mostMessages || this.#size >= mostSize;
  }

  get empty(): boolean {
    return this.#count === 0;
  }

  /** Everything, oldest first; empty afterwards. */
  take(): BatchRun[] {
    const runs = this.#runs;
    this.#runs = [];
    this.#count = 0;
    this.#size = 0;
    return runs;
  }
}

function continues(run: BatchRun, channel: string, values: unknown[], id?: number): boolean {
  const [of, count, before, ids] = run;
  return (
    of === channel &&
    before.length === count * values.length &&
    ids.length > 0 === (id !== undefined)
  );
}

/** About how large the values are when all are primitive and can be cloned; undefined otherwise. */
export function sizeOfPrimitives(values: readonly unknown[]): number | undefined {
  let size = values.length;
  for (const value of values) {
    if (typeof value === 'string') size += value.length;
    else if (typeof value === 'symbol' || !isPrimitive(value)) return undefined;
  }
  return size;
}

/** Whether a value cannot change. */
export function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'function');
}
