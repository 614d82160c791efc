import { RingwireError, type RingwireErrorCode } from './errors.ts';
import {
  type NativeAddon,
  type NativeFailure,
  type NativeLink,
  type NativeMessageListener,
  type NativeSharedMemory,
  nativeAddon,
} from './native.ts';
import type { SharedParcel } from './shared-buffer.ts';
import { systemError } from './system-error.ts';

/** Receives one message: `headLength` bytes of {@link Transport.incoming}, and the body. */
export type MessageListener = (
  headLength: number,
  sequence: number,
  body: ArrayBuffer | undefined,
) => void;

/** Receives one result: `headLength` bytes of {@link Transport.result}, and the body. */
export type ResultListener = (headLength: number, body: ArrayBuffer | undefined) => void;

/** Further listeners for what is delivered. */
export interface MoreListeners {
  /** Without it a result is a violation of the protocol, and ends the connection. */
  readonly onResult?: ResultListener;
  /**
   * Called when this turn of the loop delivers nothing more, after the ticks and microtasks of its
   * last message.
   */
  readonly onTurnEnd?: () => void;
}

/**
 * Bytes to and from one peer, in order. A message is a *head*, written to {@link outgoing} by the
 * caller, and an optional *body* that is passed by reference and copied once.
 *
 * Every method that sends throws a {@link RingwireError} when the message was not taken:
 * `ERR_RINGWIRE_CLOSED`, `_PEER_GONE` or `_CORRUPT` when the connection has ended, `_QUEUE_FULL`
 * above {@link queueLimit}, `_TOO_LARGE`.
 */
export interface Transport {
  /** Head of the message to be sent. At least 8 KiB. */
  readonly outgoing: Uint8Array;
  /** Head of the message being delivered. Valid until the listener returns. */
  readonly incoming: Uint8Array;
  /** Head of the result being delivered. Valid until the listener returns. */
  readonly result: Uint8Array;
  /** Head of the answer to the last {@link call}. Valid until the next one. */
  readonly answer: Uint8Array;
  /** Process id of the peer, as the kernel says. */
  readonly peerProcessId: number;
  /** Bytes that wait in this process because the peer is slow. */
  readonly queuedBytes: number;
  /** How often the event loop has woken this side for what arrived; one that stands still does not. */
  readonly wakeUps: number;
  /** Above this many waiting bytes {@link send} throws. Infinity by default. */
  queueLimit: number;
  /** A longer body of the peer ends the connection with `ERR_RINGWIRE_TOO_LARGE`. */
  messageLimit: number;
  /**
   * Starts delivery, from the event loop. `onClose` is called once with the reason; never after
   * the caller's own {@link close}.
   */
  start(
    onMessage: MessageListener,
    onClose: (reason: RingwireError) => void,
    more?: MoreListeners,
  ): void;
  /** Sends without ever blocking; what does not fit waits in memory. */
  send(headLength: number, body: Uint8Array | undefined): void;
  /**
   * Sends a result, in the order of results. It arrives behind the messages that were sent before it,
   * unless these keep the peer busy for longer than a turn of its event loop. No limit counts.
   */
  sendResult(headLength: number, body: Uint8Array | undefined): void;
  /**
   * Sends a request and blocks this thread until its answer is in {@link answer}.
   *
   * @param timeout - milliseconds; 0 means no deadline.
   * @returns the length of the answer's head.
   * @throws {@link RingwireError} also `ERR_RINGWIRE_TIMEOUT` and `ERR_RINGWIRE_DEADLOCK`.
   */
  call(headLength: number, body: Uint8Array | undefined, timeout: number): number;
  /** Body of the answer to the last {@link call}, once. */
  takeAnswerBody(): ArrayBuffer | undefined;
  /** Answers the call that was delivered with this sequence number. Never blocks. */
  reply(sequence: number, headLength: number, body: Uint8Array | undefined): void;
  /**
   * Hands the memory of a shared buffer over, ahead of the message that mentions the ticket.
   *
   * @throws {@link RingwireError} `ERR_RINGWIRE_BUFFER_LIMIT` when too many are on their way
   */
  sendParcel(ticket: number, parcel: SharedParcel): void;
  /**
   * What the peer handed over with this ticket, once; undefined when this side could not keep it.
   *
   * @throws {@link RingwireError} `ERR_RINGWIRE_CORRUPT`
   */
  takeParcel(ticket: number): NativeSharedMemory | undefined;
  /** Stops delivery after the message being delivered; what arrives waits. */
  pause(): void;
  /** Goes on with delivery, from the event loop. */
  resume(): void;
  /** Delivers what has arrived so far, before it returns, and sends what there is room for. */
  drain(): void;
  /** Lets the transport keep the event loop alive, as it does after {@link start}. */
  ref(): void;
  unref(): void;
  /** Ends the connection for both sides; what was sent before still arrives. Idempotent. */
  close(): void;
  /**
   * Ends it at once: for a peer that breaks the protocol, or is gone. Until what waits for room is
   * read, {@link close} keeps memory and handles, and a hostile peer never reads it.
   */
  drop(): void;
}

const codes: Readonly<Record<string, RingwireErrorCode>> = {
  Closed: 'ERR_RINGWIRE_CLOSED',
  PeerGone: 'ERR_RINGWIRE_PEER_GONE',
  Corrupt: 'ERR_RINGWIRE_CORRUPT',
  Timeout: 'ERR_RINGWIRE_TIMEOUT',
  Deadlock: 'ERR_RINGWIRE_DEADLOCK',
  QueueFull: 'ERR_RINGWIRE_QUEUE_FULL',
  TooLarge: 'ERR_RINGWIRE_TOO_LARGE',
  System: 'ERR_RINGWIRE_SYSTEM',
  NoListener: 'ERR_RINGWIRE_NO_LISTENER',
  Refused: 'ERR_RINGWIRE_REFUSED',
  BadToken: 'ERR_RINGWIRE_BAD_TOKEN',
  VersionMismatch: 'ERR_RINGWIRE_VERSION',
  BadHandshake: 'ERR_RINGWIRE_HANDSHAKE',
  WrongUser: 'ERR_RINGWIRE_WRONG_USER',
  NoMemory: 'ERR_RINGWIRE_NO_MEMORY',
  Interrupted: 'ERR_RINGWIRE_CLOSED',
  OverLimit: 'ERR_RINGWIRE_TOO_LARGE',
};

/**
 * The error that stands for a status number of the addon other than Ok, or for a system call of it.
 *
 * @param attempt - what this was for
 */
export function failureError(failure: NativeFailure, attempt: string): RingwireError {
  return typeof failure === 'number'
    ? statusError(failure, attempt)
    : systemError(attempt, failure);
}

/** The error that stands for a status number of the addon other than Ok. */
export function statusError(status: number, detail?: string): RingwireError {
  const names = Object.entries(nativeAddon().status);
  const name = names.find(([, number]) => number === status)?.[0] ?? 'System';
  const code = codes[name] ?? 'ERR_RINGWIRE_SYSTEM';
  if (detail !== undefined) return new RingwireError(code, { detail });
  return new RingwireError(
    code,
    code === 'ERR_RINGWIRE_SYSTEM' ? { detail: `status ${status}` } : {},
  );
}

/**
 * Runs ticks and microtasks, as Node does between two timers. If it is missing, native code enters
 * JavaScript for each message.
 */
const runTicks = (process as { _tickCallback?: () => void })._tickCallback;

/** Native code packs a message into one number: sequence, whether it has a body, head length. */
const bodyBit = 0x8000;
const sequenceUnit = 0x10000;

/** A {@link Transport} over shared memory. Owns the link. */
export class LinkTransport implements Transport {
  readonly outgoing: Uint8Array;
  readonly incoming: Uint8Array;
  readonly result: Uint8Array;
  readonly answer: Uint8Array;
  readonly peerProcessId: number;
  readonly #native: NativeAddon = nativeAddon();
  readonly #link: NativeLink;
  #answerHasBody = false;
  /** A copy of the link's: every answer reads it. */
  #queueLimit = Number.POSITIVE_INFINITY;

  constructor(link: NativeLink) {
    this.#link = link;
    this.outgoing = link.outgoing;
    this.incoming = link.incoming;
    this.result = link.result;
    this.answer = link.answer;
    this.peerProcessId = link.peerProcessId;
  }

  get queuedBytes(): number {
    return this.#link.queuedBytes;
  }

  get wakeUps(): number {
    return this.#link.wakeUps;
  }

  get queueLimit(): number {
    return this.#queueLimit;
  }

  set queueLimit(bytes: number) {
    this.#queueLimit = bytes;
    this.#link.queueLimit = bytes;
  }

  get messageLimit(): number {
    return this.#link.messageLimit;
  }

  set messageLimit(bytes: number) {
    this.#link.messageLimit = bytes;
  }

  start(
    onMessage: MessageListener,
    onClose: (reason: RingwireError) => void,
    { onResult = this.#refuseResults(onClose), onTurnEnd = () => {} }: MoreListeners = {},
  ): void {
    const deliver: NativeMessageListener = (headLength, sequence, body, alone, isResult) => {
      // An exception ends this turn: native code reports it, and enters anew with the next message.
      try {
        if (isResult) onResult(headLength, body);
        else onMessage(headLength, sequence, body);
        if (!alone && runTicks) this.#deliverRest(onMessage, onResult, runTicks);
      } finally {
        onTurnEnd();
      }
    };
    this.#link.start(deliver, (status) => onClose(this.#errorOf(status)));
  }

  #refuseResults(onClose: (reason: RingwireError) => void): ResultListener {
    return () => {
      this.drop();
      onClose(new RingwireError('ERR_RINGWIRE_CORRUPT', { detail: 'a result of no request' }));
    };
  }

  /**
   * Delivers the rest of this turn, each message after the ticks and microtasks of the one before.
   */
  #deliverRest(onMessage: MessageListener, onResult: ResultListener, runTicks: () => void): void {
    const native = this.#native;
    const link = this.#link;
    for (runTicks(); ; runTicks()) {
      const packed = native.next(link.number);
      if (packed === 0) return;
      if (packed < 0) {
        onResult(-packed & (bodyBit - 1), -packed & bodyBit ? link.takeBody() : undefined);
        continue;
      }
      const sequence = packed < sequenceUnit ? 0 : Math.floor(packed / sequenceUnit);
      onMessage(packed & (bodyBit - 1), sequence, packed & bodyBit ? link.takeBody() : undefined);
    }
  }

  send(headLength: number, body: Uint8Array | undefined): void {
    const status = this.#native.send(this.#link.number, headLength, body);
    if (status !== 0) throw this.#errorOf(status);
  }

  sendResult(headLength: number, body: Uint8Array | undefined): void {
    const status = this.#native.sendResult(this.#link.number, headLength, body);
    if (status !== 0) throw this.#errorOf(status);
  }

  call(headLength: number, body: Uint8Array | undefined, timeout: number): number {
    const packed = this.#native.call(this.#link.number, headLength, body, timeout);
    if (packed < 0) throw this.#errorOf(-packed);
    this.#answerHasBody = (packed & bodyBit) !== 0;
    return packed & (bodyBit - 1);
  }

  takeAnswerBody(): ArrayBuffer | undefined {
    if (!this.#answerHasBody) return undefined;
    this.#answerHasBody = false;
    return this.#link.takeAnswerBody();
  }

  reply(sequence: number, headLength: number, body: Uint8Array | undefined): void {
    const status = this.#native.reply(this.#link.number, sequence, headLength, body);
    if (status !== 0) throw this.#errorOf(status);
  }

  sendParcel(ticket: number, { handle, byteLength }: SharedParcel): void {
    const status = this.#link.sendParcel(ticket, handle, byteLength);
    if (status === 0) return;
    const { status: statuses } = nativeAddon();
    if (status !== statuses.QueueFull && status !== statuses.System) throw statusError(status);
    throw new RingwireError('ERR_RINGWIRE_BUFFER_LIMIT', {
      detail: 'the peer has not yet taken those that were sent',
    });
  }

  takeParcel(ticket: number): NativeSharedMemory | undefined {
    const taken = this.#link.takeParcel(ticket);
    if (typeof taken !== 'number') return taken;
    if (taken === nativeAddon().status.NoMemory) return undefined;
    throw statusError(taken);
  }

  pause(): void {
    this.#link.pause();
  }

  resume(): void {
    this.#link.resume();
  }

  drain(): void {
    this.#link.drain();
  }

  ref(): void {
    this.#link.ref();
  }

  unref(): void {
    this.#link.unref();
  }

  close(): void {
    this.#link.close();
  }

  drop(): void {
    this.#link.drop();
  }

  #errorOf(status: number): RingwireError {
    const { status: statuses, limits } = this.#native;
    if (status === statuses.OverLimit) {
      return statusError(
        status,
        `the peer sends more than messageLimit, ${this.messageLimit} bytes`,
      );
    }
    if (status === statuses.TooLarge) {
      return statusError(status, `at most ${limits.maxBodyLength} bytes`);
    }
    return statusError(status);
  }
}
