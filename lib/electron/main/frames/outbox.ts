import { holdsShared } from '../../../core/shared-buffer.ts';
import type { FromMain } from '../../protocol.ts';

/** The ring of a document, as far as main writes to it. */
export interface OutgoingRing {
  /** Whether messages wait for room in it. */
  readonly congested: boolean;
  /** False: the ring cannot send the values. */
  trySend(channel: string, args: readonly unknown[]): boolean;
  /** Marks the place of a message that was just sent by stock IPC. */
  mark(): void;
}

/**
 * What main sends to one document, on two paths, in the order of the calls. A document goes through
 * these states; here are those in the box, which are the states of an open link.
 *
 *                     ┌───────────────────────────────────────────────┐
 *                     │            a load begins                      │
 *     joining ── up ──┼─▶ begun: on the ring ───────▶ being left      │──▶ left
 *        │            │        ◀──────────────────────                │     ▲
 *        │            │       all loads have ended; fence             │     │
 *        │            └───────────────────────────────────────────────┘     │
 *        └────────────────────── another document ──────────────────────────┘
 *
 * joining, left: stock IPC as it is, which reaches this document or the next.
 * being left: stock IPC as `late`, since the next document cannot read this one's ring. An `up` may
 * also come in this state, when another load has begun since the document asked to join. Until the
 * document has heard the `up`, nobody knows whether it will: the same.
 * fence: a stock message and its marker in the ring, so that what follows in the ring waits for
 * what is still on its way by stock IPC. In the next document it means nothing.
 */
export class Outbox {
  /** Whether the frame loads another document. That load may yet come to nothing. */
  loading: boolean;
  /** Whether the document has heard `up`. */
  begun = false;
  readonly #ring: OutgoingRing;
  readonly #sendStock: (message: FromMain) => void;
  /** The last message went by stock IPC, without a marker. */
  #late = false;

  constructor(ring: OutgoingRing, loading: boolean, sendStock: (message: FromMain) => void) {
    this.#ring = ring;
    this.loading = loading;
    this.#sendStock = sendStock;
  }

  /** As `webContents.send`; may throw. */
  send(channel: string, args: readonly unknown[]): void {
    if (this.#trySendLate(channel, args, this.#sendStock)) return;
    if (!this.#trySend(channel, args)) {
      this.#sendStock(['out-of-band', channel, [...args]]);
      this.#mark();
    }
  }

  /** As `postMessage`. Uses `stock` where the ring cannot send the message. */
  post(
    channel: string,
    message: unknown,
    ported: boolean,
    stock: (wrapped: FromMain) => void,
  ): void {
    if (this.#trySendLate(channel, [message], stock)) return;
    if (ported || !this.#trySend(channel, [message])) {
      stock(['out-of-band', channel, [message]]);
      this.#mark();
    }
  }

  /**
   * Whether this document may be gone before it reads what it is sent. Not while messages wait for
   * room in the ring: stock IPC would overtake them.
   */
  get #leaving(): boolean {
    return (this.loading || !this.begun) && !this.#ring.congested;
  }

  /** False: the document stays, or stock IPC cannot send the values. A ring can, if they share memory. */
  #trySendLate(
    channel: string,
    args: readonly unknown[],
    stock: (message: FromMain) => void,
  ): boolean {
    if (!this.#leaving || holdsShared(args)) return false;
    try {
      stock(['late', channel, [...args]]);
    } catch {
      return false;
    }
    this.#late = true;
    return true;
  }

  #trySend(channel: string, args: readonly unknown[]): boolean {
    if (this.#late) {
      this.#sendStock(['fence']);
      this.#mark();
    }
    return this.#ring.trySend(channel, args);
  }

  /** Any marker is a fence for what went by stock IPC before its message. */
  #mark(): void {
    this.#ring.mark();
    this.#late = false;
  }
}
