import { inTask } from './task.ts';

/** Delivers one event to the listeners of the document, or one answer to its promise. */
export type Deliver = () => void;

/** Holds the place of an event or answer that travels out of band, by stock IPC. */
const marker = Symbol('marker');

/**
 * Delivers the events, or the answers, of two paths in the one order in which main sent them.
 *
 * Until {@link begin}, stock IPC may still hold what main sent before the link came up, so events
 * of the ring wait. Later a marker in the ring holds the place of each out-of-band message.
 * Whichever of the two comes first waits for the other, and everything behind it waits too.
 */
export class Inbox {
  /** Events and markers that wait, oldest first. Undefined: nothing has to wait. */
  #waiting: Array<Deliver | typeof marker> | undefined = [];
  /** Out-of-band messages that came before their marker. */
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

  /** An out-of-band message: it came by stock IPC, and has a marker in the ring. */
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
   * A message of stock IPC without a marker. It is for another document, or comes after what the
   * ring held when it was sent. A marker whose message has not come yet is behind it: stock IPC
   * keeps its order, so main wrote that marker later.
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

  /** The document is being left: what waits is delivered now, since the next one cannot hear it. */
  flush(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const entry of waiting) (entry === marker ? this.#outOfBand.shift() : entry)?.();
    for (const deliver of this.#outOfBand.splice(0)) deliver();
  }

  /** The link has ended: nothing has to wait any more. */
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

  /** Delivers the oldest now, and each of the others in a task of its own, as stock IPC would. */
  #continue(): void {
    const first = this.#waiting?.[0];
    if (first === undefined) {
      this.#waiting = undefined;
      return;
    }
    const deliver = first === marker ? this.#outOfBand.shift() : first;
    if (!deliver) return;
    this.#waiting?.shift();
    inTask(() => this.#continue());
    deliver();
  }
}
