import { RingwireError, type RingwireErrorCode } from '../../lib/core/errors.ts';
import type { MessageListener, MoreListeners, Transport } from '../../lib/core/transport.ts';

interface Message {
  readonly head: Uint8Array;
  readonly body: ArrayBuffer | undefined;
  readonly sequence: number;
  readonly isResult?: boolean;
}

interface Answer {
  head: Uint8Array | undefined;
  body: ArrayBuffer | undefined;
}

/**
 * A transport inside this thread: a message is copied at once and delivered by a turn of the event
 * loop of its own. `call` delivers synchronously, which is as near to blocking as one thread gets;
 * a listener that does not answer before it returns counts as silent.
 */
export class MemoryTransport implements Transport {
  readonly outgoing: Uint8Array = new Uint8Array(16 * 1024);
  readonly incoming: Uint8Array = new Uint8Array(16 * 1024);
  readonly result: Uint8Array = new Uint8Array(16 * 1024);
  readonly answer: Uint8Array = new Uint8Array(16 * 1024);
  readonly peerProcessId: number = process.pid;
  queueLimit: number = Number.POSITIVE_INFINITY;
  messageLimit: number = Number.POSITIVE_INFINITY;
  /** What a `call` that nobody answers throws. */
  silence: RingwireErrorCode = 'ERR_RINGWIRE_TIMEOUT';
  /** The deadline of the last `call`. */
  lastTimeout = -1;
  referenced = false;
  /** Whether this side has ended it without waiting for the other. */
  dropped = false;
  other!: MemoryTransport;
  #waiting: Message[] = [];
  #calls = new Map<number, Answer>();
  #lastSequence = 0;
  #answerBody: ArrayBuffer | undefined;
  #onMessage: MessageListener | undefined;
  #onClose: ((reason: RingwireError) => void) | undefined;
  #more: MoreListeners = {};
  #paused = false;
  #ended: RingwireErrorCode | undefined;

  /** Whether it has ended, in whatever way. */
  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** Two ends of one connection. */
  static pair(): [MemoryTransport, MemoryTransport] {
    const one = new MemoryTransport();
    const other = new MemoryTransport();
    one.other = other;
    other.other = one;
    return [one, other];
  }

  readonly wakeUps = 0;

  get queuedBytes(): number {
    return this.other.#waiting.reduce(
      (sum, { head, body }) => sum + head.length + (body?.byteLength ?? 0),
      0,
    );
  }

  start(
    onMessage: MessageListener,
    onClose: (reason: RingwireError) => void,
    more: MoreListeners = {},
  ): void {
    this.#onMessage = onMessage;
    this.#onClose = onClose;
    this.#more = more;
    this.referenced = true;
    for (const _ of this.#waiting) this.#schedule();
  }

  send(headLength: number, body: Uint8Array | undefined): void {
    this.#check();
    if (this.queuedBytes > this.queueLimit) throw new RingwireError('ERR_RINGWIRE_QUEUE_FULL');
    this.other.#waiting.push(copyOf(this.outgoing, headLength, body, 0));
    this.other.#schedule();
  }

  /** Here no page is busy, so results keep their place among messages. */
  sendResult(headLength: number, body: Uint8Array | undefined): void {
    this.#check();
    const message = copyOf(this.outgoing, headLength, body, 0);
    this.other.#waiting.push({ ...message, isResult: true });
    this.other.#schedule();
  }

  call(headLength: number, body: Uint8Array | undefined, timeout: number): number {
    this.#check();
    this.lastTimeout = timeout;
    const sequence = ++this.#lastSequence;
    const answer: Answer = { head: undefined, body: undefined };
    this.#calls.set(sequence, answer);
    this.other.#waiting.push(copyOf(this.outgoing, headLength, body, sequence));
    while (!answer.head && this.other.#deliver());
    this.#calls.delete(sequence);
    if (!answer.head) throw new RingwireError(this.#ended ?? this.silence);
    this.answer.set(answer.head);
    this.#answerBody = answer.body;
    return answer.head.length;
  }

  takeAnswerBody(): ArrayBuffer | undefined {
    const body = this.#answerBody;
    this.#answerBody = undefined;
    return body;
  }

  reply(sequence: number, headLength: number, body: Uint8Array | undefined): void {
    this.#check();
    const answer = this.other.#calls.get(sequence);
    this.other.#calls.delete(sequence);
    if (answer) Object.assign(answer, copyOf(this.outgoing, headLength, body, sequence));
  }

  /** Delivers a message that the other end would not write. */
  inject(head: Uint8Array, body?: ArrayBuffer, sequence = 0): void {
    this.#waiting.push({ head, body, sequence });
    this.#schedule();
  }

  sendParcel(): void {
    throw new RingwireError('ERR_RINGWIRE_NOT_SHAREABLE');
  }

  takeParcel(): undefined {
    throw new RingwireError('ERR_RINGWIRE_CORRUPT');
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    for (const _ of this.#waiting) this.#schedule();
  }

  drain(): void {
    while (!this.#paused && this.#deliver());
  }

  ref(): void {
    this.referenced = true;
  }

  unref(): void {
    this.referenced = false;
  }

  close(): void {
    this.#finish('ERR_RINGWIRE_CLOSED');
  }

  /** Here nothing waits for room. */
  drop(): void {
    this.dropped = true;
    this.close();
  }

  /** Ends the connection as the death of this side's process would. */
  die(): void {
    this.#finish('ERR_RINGWIRE_PEER_GONE');
  }

  #finish(code: RingwireErrorCode): void {
    if (this.#ended) return;
    this.#ended = code;
    this.#waiting = [];
    const { other } = this;
    setImmediate(() => {
      if (other.#ended) return;
      while (other.#deliver());
      other.#ended = code;
      other.#onClose?.(new RingwireError(code));
    });
  }

  #check(): void {
    if (this.#ended) throw new RingwireError(this.#ended);
  }

  #schedule(): void {
    setImmediate(() => {
      if (!this.#paused) this.#deliver();
    });
  }

  /** Hands over one message; false when there is none to hand over. */
  #deliver(): boolean {
    if (!this.#onMessage || this.#ended) return false;
    const message = this.#waiting.shift();
    if (!message) return false;
    const { head, body, sequence, isResult } = message;
    if (isResult) {
      this.result.set(head);
      this.#more.onResult?.(head.length, body);
    } else {
      this.incoming.set(head);
      this.#onMessage(head.length, sequence, body);
    }
    this.#more.onTurnEnd?.();
    return true;
  }
}

function copyOf(
  outgoing: Uint8Array,
  headLength: number,
  body: Uint8Array | undefined,
  sequence: number,
): Message {
  return {
    head: outgoing.slice(0, headLength),
    body: body && (Uint8Array.prototype.slice.call(body).buffer as ArrayBuffer),
    sequence,
  };
}
