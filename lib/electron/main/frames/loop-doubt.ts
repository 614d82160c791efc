/**
 * Milliseconds after the end of a document in which another one of its process may still lose the
 * loop. Longer than any clean-up of Node's takes.
 */
const settling = 5000;

/**
 * Whether the loop of a renderer may stand still. Electron runs Node's loop, which all documents of
 * a process share, for the first of them only. When a document of the process has ended, the others
 * are asked by stock IPC to drain their rings, one request at a time, until their loop has woken
 * them again.
 */
export class LoopDoubt {
  readonly #askToDrain: () => void;
  /** Undefined: there is no doubt. */
  #since: number | undefined;
  #asked = false;
  #sentMeanwhile = false;
  /** What the document last said, once what can stop its loop was over. */
  #wakeUps: unknown;

  constructor(askToDrain: () => void) {
    this.#askToDrain = askToDrain;
  }

  /** Another document of the process has ended. */
  raise(): void {
    this.#since = Date.now();
    this.#wakeUps = undefined;
    this.#ask();
  }

  /** A message has passed, in either direction: there is something to read, or room to write. */
  passed(): void {
    if (this.#since !== undefined) this.#ask();
  }

  /** The document has drained its ring. What it says of its loop can harm only itself. */
  drained(wakeUps: unknown): void {
    this.#asked = false;
    if (this.#since === undefined) return;
    const settled = Date.now() - this.#since > settling;
    if (settled && this.#wakeUps !== undefined && this.#wakeUps !== wakeUps) {
      this.#since = undefined;
      return;
    }
    this.#wakeUps = settled ? wakeUps : undefined;
    if (this.#sentMeanwhile) this.#ask();
  }

  #ask(): void {
    this.#sentMeanwhile = this.#asked;
    if (this.#asked) return;
    this.#asked = true;
    this.#askToDrain();
  }
}
