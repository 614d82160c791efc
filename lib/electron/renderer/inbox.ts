import { setImmediate } from 'node:timers';

/** Delivers one event to the listeners of the document, or one answer to its promise. */
export type Deliver = () => void;

/** The place, among those of the ring, of an event or answer that travels by stock IPC. */
const marker = Symbol('marker');

/**
 * Puts the events of two paths, or the answers, into the one order in which main sent them.
 *
 * Until {@link begin} stock IPC may still carry what main sent before the link came up, so events
 * of the ring wait. Later a marker in the ring stands for each message that had to go by stock
 * IPC: whichever of the two comes first waits for the other, and what is behind it waits too.
 */
export class Inbox {
  /** Events and markers that wait, oldest first. Undefined: nothing has to wait. */
  #waiting: Array<Deliver | typeof marker> | undefined = [];
  /** Messages of stock IPC that came before their marker. */
  readonly #outOfBand: Deliver[] = [];
  #begun = false;
  #ended = false;

  /** Everything from before the link has been delivered. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#continue();
  }

  get begun(): boolean {
    return this.#begun;
  }

  /** Nothing has to wait: an event of the ring may be delivered at once, without a closure. */
  get idle(): boolean {
    return this.#waiting === undefined;
  }

  /** An event of the ring. */
  event(deliver: Deliver): void {
    if (this.#waiting) this.#waiting.push(deliver);
    else deliver();
  }

  /** A marker of the ring. */
  marker(): void {
    const delivery = this.#waiting ? undefined : this.#outOfBand.shift();
    if (delivery) {
      delivery();
    } else {
      this.#waiting ??= [];
      this.#waiting.push(marker);
    }
  }

  /** A message of stock IPC that has a marker. */
  outOfBand(deliver: Deliver): void {
    if (!this.#begun || this.#ended) {
      // Its marker is in a ring that nobody reads: of the document before, or one that has ended.
      deliver();
      return;
    }
    this.#outOfBand.push(deliver);
    if (this.#waiting?.[0] === marker) this.#continue();
  }

  /**
   * A message of stock IPC without a marker: it comes after what the ring held when it was sent, or
   * is for another document. Main has gone back to the ring since if there is a marker whose message
   * has not come by stock IPC, which keeps its order: that marker is behind it.
   */
  late(deliver: Deliver): void {
    const waiting = this.#begun && this.#waiting;
    if (!waiting) {
      deliver();
      return;
    }
    const markers = [...waiting.keys()].filter((at) => waiting[at] === marker);
    const place = markers[this.#outOfBand.length] ?? waiting.length;
    if (place === 0) deliver();
    else waiting.splice(place, 0, deliver);
  }

  /** The link is gone: what waits has nothing to wait for any more. */
  end(): void {
    this.#begun = true;
    this.#ended = true;
    const waiting = this.#waiting ?? [];
    const events = waiting.flatMap((entry) =>
      entry === marker ? this.#outOfBand.splice(0, 1) : [entry],
    );
    this.#waiting = [...events, ...this.#outOfBand.splice(0)];
    this.#continue();
  }

  /** Delivers the oldest, and the others each from a task of its own, as they would have come. */
  #continue(): void {
    const first = this.#waiting?.[0];
    if (first === undefined) {
      this.#waiting = undefined;
      return;
    }
    const deliver = first === marker ? this.#outOfBand.shift() : first;
    if (!deliver) return;
    this.#waiting?.shift();
    setImmediate(() => this.#continue());
    deliver();
  }
}
