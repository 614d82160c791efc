/**
 * Milliseconds after the end of a document in which another one of its process may still lose the
 * loop. Longer than any clean-up of Node's takes.
 */
const settling = 5000;

/**
 * Whether the renderer may have stopped reading the ring of a document. Electron runs Node's loop,
 * which all documents of a process share, for the first of them only. When a document of the
 * process has ended, the others are told by stock IPC to look into their rings, one request at a
 * time, until one of them has shown that its loop runs.
 */
export class LoopDoubt {
  readonly #askToLook: () => void;
  /** Undefined: there is no doubt. */
  #since: number | undefined;
  #asked = false;
  #sentMeanwhile = false;

  constructor(askToLook: () => void) {
    this.#askToLook = askToLook;
  }

  /** Another document of the process has ended. */
  raise(): void {
    this.#since = Date.now();
    this.#ask();
  }

  /** Something was written to the ring. */
  sent(): void {
    if (this.#since !== undefined) this.#ask();
  }

  /** The document has looked. `awake`: its loop has run. Its word, so it harms itself at most. */
  looked(awake: boolean): void {
    this.#asked = false;
    if (awake && this.#since !== undefined && Date.now() - this.#since > settling) {
      this.#since = undefined;
    } else if (this.#sentMeanwhile) {
      this.#ask();
    }
  }

  #ask(): void {
    this.#sentMeanwhile = this.#asked;
    if (this.#asked) return;
    this.#asked = true;
    this.#askToLook();
  }
}
