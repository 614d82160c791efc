import { timingSafeEqual } from 'node:crypto';
import { loadCodec, type MakeCodec } from '../core/codec/load.ts';
import { makeDisposable } from '../core/disposal.ts';
import { Listeners } from '../core/listeners.ts';
import type { NativeListener } from '../core/native.ts';
import { checkNames, type OptionNames } from '../core/option-names.ts';
import { Peer } from '../core/peer.ts';
import { LinkTransport } from '../core/transport.ts';
import type { MemoryOptions, PeerOptions } from '../core/types.ts';
import { addressOf, tokenBytes } from './address.ts';
import { listenNative } from './listener.ts';

/** Options of {@link listen}. */
export interface ListenOptions extends PeerOptions, MemoryOptions {
  /**
   * A secret that `connect` must show. Processes of other users are always refused.
   *
   * @default none
   */
  readonly token?: string;
}

const optionNames: OptionNames<ListenOptions> = {
  token: true,
  codec: true,
  queueLimit: true,
  messageLimit: true,
  capacity: true,
};

/**
 * Listens on a name, for processes of the same user and for worker threads of this process.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_ADDRESS_IN_USE`, `_INVALID_ARGUMENT`, `_SYSTEM`,
 * `_UNSUPPORTED`
 *
 * @example
 * const server = await listen('com.example.app');
 * server.handle('sum', (event, a, b) => a + b);
 */
export async function listen(name: string, options: ListenOptions = {}): Promise<Server> {
  checkNames('listen', options, optionNames);
  const address = addressOf(name);
  const token = tokenBytes(options.token);
  const loading = loadCodec(options.codec);
  // Who does not wait for listen() may connect in the same turn.
  const makeCodec = typeof loading === 'function' ? loading : await loading;
  return Server.at(address, token, makeCodec, options);
}

/**
 * A name that peers connect to, with the methods of Electron's `ipcMain`. Its listeners and
 * handlers serve all peers; those of a {@link Peer} itself come first. Owns its peers.
 */
export class Server extends Listeners<Peer> {
  readonly #peers: Set<Peer> = new Set();
  readonly #welcomes: ((peer: Peer) => void)[] = [];
  readonly #makeCodec: MakeCodec;
  readonly #options: PeerOptions;
  readonly #listener: NativeListener;

  /** @internal */
  static at(
    address: string,
    token: Uint8Array,
    makeCodec: MakeCodec,
    options: ListenOptions,
  ): Server {
    return new Server(address, token, makeCodec, options);
  }

  private constructor(
    address: string,
    token: Uint8Array,
    makeCodec: MakeCodec,
    options: ListenOptions,
  ) {
    super();
    this.#makeCodec = makeCodec;
    this.#options = options;
    this.#listener = listenNative(address, options, {
      authorize: (theirs) => timingSafeEqual(theirs, token),
      onLink: (link) => this.#welcome(new LinkTransport(link)),
    }).listener;
  }

  /** The peers that are connected. */
  get peers(): ReadonlySet<Peer> {
    return this.#peers;
  }

  /**
   * Calls `welcome` for every peer that connects from now on, before its first message is
   * delivered.
   *
   * @example
   * server.onPeer((peer) => peer.closed.then((reason) => console.log(peer.processId, reason.code)));
   */
  onPeer(welcome: (peer: Peer) => void): this {
    this.#welcomes.push(welcome);
    return this;
  }

  /** Lets the server keep this process alive, as it does at first. */
  ref(): this {
    this.#listener.ref();
    return this;
  }

  /** Lets this process end although the server listens; open connections still keep it alive. */
  unref(): this {
    this.#listener.unref();
    return this;
  }

  /** Stops listening and closes the connections. Does nothing the second time. */
  close(): void {
    this.#listener.close();
    for (const peer of this.#peers) peer.close();
  }

  /** `using server = …`: {@link close}. */
  declare readonly [Symbol.dispose]: () => void;
  /** `await using server = …`: {@link close}, until all connections have ended. */
  declare readonly [Symbol.asyncDispose]: () => Promise<void>;

  #welcome(transport: LinkTransport): void {
    const peer = Peer.over(transport, this.#makeCodec(), this.#options, [this]);
    this.#peers.add(peer);
    peer.closed.then(() => this.#peers.delete(peer));
    for (const welcome of this.#welcomes) welcome(peer);
  }
}
makeDisposable(Server, (server) => Promise.all([...server.peers].map((peer) => peer.closed)));
