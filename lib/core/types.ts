/** First argument of a {@link Listener}; `Sender` is the kind of connection. */
export interface MessageEvent<Sender> {
  /** The connection that the message came on. */
  readonly sender: Sender;
  /**
   * The answer to `sendSync`. The first assignment answers, also when it comes later; the peer
   * stays blocked until then. Without effect for `send`. Reads as `undefined`, as in Electron.
   *
   * @throws {@link RingwireError} `ERR_RINGWIRE_UNCLONABLE`; another value may be assigned then.
   */
  returnValue: unknown;
  /** Sends to the sender, as `sender.send` does. */
  reply(channel: string, ...args: unknown[]): void;
}

/** First argument of a {@link Handler}; `Sender` is the kind of connection. */
export interface RequestEvent<Sender> {
  /** The connection that the request came on. */
  readonly sender: Sender;
  /**
   * Aborted when nobody waits for the answer any more: the caller aborted, its timeout passed, or
   * the connection ended.
   */
  readonly signal: AbortSignal;
  /** Sends to the sender, as `sender.send` does. */
  reply(channel: string, ...args: unknown[]): void;
}

/** Receives what `send` and `sendSync` of the peer bring on a channel. */
// biome-ignore lint/suspicious/noExplicitAny: listeners state the types they expect
export type Listener<Sender> = (event: MessageEvent<Sender>, ...args: any[]) => void;

/** Answers `invoke` of the peer on a channel. */
// biome-ignore lint/suspicious/noExplicitAny: handlers state the types they expect
export type Handler<Sender> = (event: RequestEvent<Sender>, ...args: any[]) => unknown;

/** How long `sendSync` may block. */
export interface CallOptions {
  /**
   * Milliseconds until `ERR_RINGWIRE_TIMEOUT`.
   *
   * @default no deadline
   */
  readonly timeout?: number;
}

/** How long `invoke` may take. */
export interface InvokeOptions extends CallOptions {
  /**
   * Aborts the request: the promise rejects with the signal's reason, and the handler's signal
   * aborts.
   */
  readonly signal?: AbortSignal;
}

/**
 * What values may be sent, and how they arrive: `structured` is the structured clone algorithm, as
 * in Electron; `json` is what `JSON.stringify` makes of them; `msgpack` is MessagePack by msgpackr:
 * data as in JSON, and bytes (as Buffer), dates, undefined and big integers, in fewer bytes than the others.
 */
export type CodecName = 'structured' | 'json' | 'msgpack';

/** Options of every way to make a connection. */
export interface PeerOptions {
  /**
   * How this side writes values. The peer reads `structured` and `json` in any case, `msgpack` when
   * it has chosen it too.
   *
   * @default 'structured'
   */
  readonly codec?: CodecName;
  /**
   * Bytes that may wait in this process for a slow peer before `send` and `invoke` throw
   * `ERR_RINGWIRE_QUEUE_FULL`.
   *
   * @default Infinity
   */
  readonly queueLimit?: number;
  /**
   * Bytes of the longest message that the peer may send. A longer one ends the connection with
   * `ERR_RINGWIRE_TOO_LARGE`, before memory is taken for it. Values of up to some KiB always pass.
   *
   * @default 4 GiB - 1
   */
  readonly messageLimit?: number;
}

/** Options of the side that makes the shared memory. */
export interface MemoryOptions {
  /**
   * Bytes of the ring of each direction: a power of two from 64 KiB to 1 GiB. Longer messages pass
   * in pieces.
   *
   * @default 1 MiB
   */
  readonly capacity?: number;
}
