/** Milliseconds between two messages that still belong together; see {@link Coalescer}. */
const gap = 1;

const settled = Promise.resolve();

/**
 * Calls `end` when the task has ended, in a renderer. `then` of a settled promise does what
 * `queueMicrotask` does, and costs less in Chromium: with the latter a lone `invoke` in a sandboxed
 * window took a fifth longer.
 */
export function afterTask(end: () => void): void {
  void settled.then(end);
}

/**
 * Tells bursts from lone messages. The first `after` messages of a task leave at once. Those that
 * follow in the same task, each within a millisecond of the one before, may be batched. So nothing
 * is batched for an application that sends now and then, even in the middle of long work.
 */
export class Coalescer {
  readonly #after: number;
  readonly #atEnd: (end: () => void) => void;
  readonly #flush: () => void;
  #count = 0;
  #last = 0;
  #ending = false;
  readonly #end = (): void => {
    this.#ending = false;
    this.#count = 0;
    this.#flush();
  };

  /**
   * `flush` sends the batch. It is called at the end of the task, and before a message that comes
   * later. `atEnd` calls what it is given when the task has ended.
   */
  constructor(after: number, flush: () => void, atEnd: (end: () => void) => void) {
    this.#after = after;
    this.#atEnd = atEnd;
    this.#flush = flush;
  }

  /** Counts one message. Returns whether it may be batched. */
  next(): boolean {
    const now = Date.now();
    if (now - this.#last > gap && this.#count > 0) {
      this.#flush();
      this.#count = 0;
    }
    this.#last = now;
    if (!this.#ending) {
      this.#ending = true;
      this.#atEnd(this.#end);
    }
    this.#count++;
    return this.#count > this.#after;
  }

  /** The last message cannot be batched: the next `after` leave at once again. */
  restart(): void {
    this.#count = 0;
  }
}
