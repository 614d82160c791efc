import type { Codec } from './codec/base.ts';
import { Conversation } from './conversation.ts';
import { makeDisposable } from './disposal.ts';
import { RingwireError } from './errors.ts';
import { Listeners } from './listeners.ts';
import { checkNames, type OptionNames } from './option-names.ts';
import type { Transport } from './transport.ts';
import type {
  CallOptions,
  Handler,
  InvokeOptions,
  Listener,
  MessageEvent,
  PeerOptions,
  RequestEvent,
} from './types.ts';

/** First argument of a {@link PeerListener}. */
export interface PeerEvent extends MessageEvent<Peer> {}

/** First argument of a {@link PeerHandler}. */
export interface InvokeEvent extends RequestEvent<Peer> {}

/** Receives what `send` and `sendSync` of the peer bring on a channel. */
export type PeerListener = Listener<Peer>;

/** Answers `invoke` of the peer on a channel. */
export type PeerHandler = Handler<Peer>;

/** What peers and servers have in common: listeners and handlers. */
export type PeerListeners = Listeners<Peer>;

const callOptionNames: OptionNames<CallOptions> = { timeout: true };
const invokeOptionNames: OptionNames<InvokeOptions> = { timeout: true, signal: true };

/**
 * One end of a connection; both ends are alike. Made by `connect`, `fork`, `parent`, or a `Server`.
 * Owns the connection. Messages of all kinds arrive in the order in which they were sent.
 *
 * Methods that send throw (`invoke` rejects) with a {@link RingwireError}: `ERR_RINGWIRE_UNCLONABLE`,
 * `_QUEUE_FULL`, `_TOO_LARGE`, or why the connection has ended.
 */
export class Peer extends Listeners<Peer> {
  /** The other process. The same as `process.pid` when the peer is a worker thread. */
  readonly processId: number;
  /** Resolves, never rejects, with the reason when the connection has ended. */
  readonly closed: Promise<RingwireError>;
  readonly #transport: Transport;
  readonly #conversation: Conversation<Peer>;

  /** @internal */
  static over(
    transport: Transport,
    codec: Codec,
    options: PeerOptions = {},
    shared: readonly Listeners<Peer>[] = [],
  ): Peer {
    return new Peer(transport, codec, options, shared);
  }

  private constructor(
    transport: Transport,
    codec: Codec,
    options: PeerOptions,
    shared: readonly Listeners<Peer>[],
  ) {
    super();
    this.#transport = transport;
    this.processId = transport.peerProcessId;
    if (options.queueLimit !== undefined) this.queueLimit = options.queueLimit;
    if (options.messageLimit !== undefined) setMessageLimit(transport, options.messageLimit);
    this.#conversation = new Conversation(this, transport, codec, [this, ...shared]);
    this.closed = this.#conversation.closed;
  }

  /**
   * Sends a message to the listeners of the peer. Never blocks: if the peer is slow, messages wait in
   * this process.
   *
   * @example
   * peer.send('progress', 0.5);
   */
  send(channel: string, ...args: unknown[]): void {
    this.#conversation.send(channel, args);
  }

  /**
   * Sends a message and blocks this thread until a listener of the peer sets `event.returnValue`.
   *
   * @throws {@link RingwireError} also `ERR_RINGWIRE_NO_HANDLER` when nobody listens there,
   * `_REMOTE` when the listener threw, `_NO_REPLY`, `_DEADLOCK`.
   *
   * @example
   * const version = peer.sendSync('version');
   */
  sendSync<Result = unknown>(channel: string, ...args: unknown[]): Result {
    return this.#conversation.call(undefined, channel, args) as Result;
  }

  /**
   * As {@link sendSync}, with a deadline.
   *
   * @throws {@link RingwireError} also `ERR_RINGWIRE_TIMEOUT`
   *
   * @example
   * const version = peer.sendSyncWith({ timeout: 100 }, 'version');
   */
  sendSyncWith<Result = unknown>(
    options: CallOptions,
    channel: string,
    ...args: unknown[]
  ): Result {
    checkNames('sendSyncWith', options, callOptionNames);
    return this.#conversation.call(options.timeout, channel, args) as Result;
  }

  /**
   * Asks the handler of the peer and resolves with what it returns. The arguments are cloned
   * before this returns.
   *
   * @throws {@link RingwireError} also `ERR_RINGWIRE_NO_HANDLER`, `_REMOTE` when the handler threw
   * (its error is the cause), `_NO_REPLY`.
   *
   * @example
   * const sum = await peer.invoke<number>('sum', 1, 2);
   */
  invoke<Result = unknown>(channel: string, ...args: unknown[]): Promise<Result> {
    return this.#conversation.invoke(undefined, channel, args) as Promise<Result>;
  }

  /**
   * As {@link invoke}, with a deadline or a signal.
   *
   * @throws {@link RingwireError} also `ERR_RINGWIRE_TIMEOUT`; or the reason of the signal
   *
   * @example
   * const page = await peer.invokeWith({ timeout: 5000, signal }, 'fetch', url);
   */
  async invokeWith<Result = unknown>(
    options: InvokeOptions,
    channel: string,
    ...args: unknown[]
  ): Promise<Result> {
    checkNames('invokeWith', options, invokeOptionNames);
    return this.#conversation.invoke(options, channel, args) as Promise<Result>;
  }

  /** Whether the connection has not ended. */
  get connected(): boolean {
    return this.#conversation.connected;
  }

  /** Bytes that wait in this process because the peer is slow. */
  get queuedBytes(): number {
    return this.#transport.queuedBytes;
  }

  /** When more bytes than this wait, `send` and `invoke` throw. @default Infinity */
  get queueLimit(): number {
    return this.#transport.queueLimit;
  }

  set queueLimit(bytes: number) {
    if (!(bytes >= 0)) {
      throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', {
        detail: `queueLimit must be bytes from 0 to Infinity and is ${String(bytes)}`,
      });
    }
    this.#transport.queueLimit = bytes;
  }

  /** Stops delivery after the current message: the peer's messages wait there. */
  pause(): void {
    this.#transport.pause();
  }

  /** Goes on with delivery. */
  resume(): void {
    this.#transport.resume();
  }

  /** Lets the connection keep this process alive, as it does at first. */
  ref(): this {
    this.#transport.ref();
    return this;
  }

  /** Lets this process end although the connection is open. */
  unref(): this {
    this.#transport.unref();
    return this;
  }

  /**
   * Ends the connection. What was sent before still arrives. Requests that wait for an answer are
   * rejected with `ERR_RINGWIRE_CLOSED`. Does nothing when it has ended.
   */
  close(): void {
    this.#conversation.close();
  }

  /** `using peer = …`: {@link close}. */
  declare readonly [Symbol.dispose]: () => void;
  /** `await using peer = …`: {@link close}, until the connection has ended. */
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;
}
makeDisposable(Peer, (peer) => peer.closed);

function setMessageLimit(transport: Transport, bytes: unknown): void {
  if (typeof bytes !== 'number' || !(bytes >= 0)) {
    transport.close();
    throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', {
      detail: `messageLimit is a number of bytes and is ${String(bytes)}`,
    });
  }
  transport.messageLimit = bytes;
}
