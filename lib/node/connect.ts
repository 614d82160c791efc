import { loadCodec } from '../core/codec/load.ts';
import { checkTimeout, limitWait } from '../core/deadline.ts';
import { isFailure, type NativeLink } from '../core/native.ts';
import { checkNames, type OptionNames } from '../core/option-names.ts';
import { Peer } from '../core/peer.ts';
import { socketNames } from '../core/socket-names.ts';
import { failureError, LinkTransport } from '../core/transport.ts';
import type { InvokeOptions, PeerOptions } from '../core/types.ts';
import { addressOf, shortened, tokenBytes } from './address.ts';
import { Attempts } from './attempts.ts';

/** Options of {@link connect}. */
export interface ConnectOptions extends PeerOptions, InvokeOptions {
  /**
   * The token that `listen` was given.
   *
   * @default none
   */
  readonly token?: string;
}

const optionNames: OptionNames<ConnectOptions> = {
  token: true,
  codec: true,
  queueLimit: true,
  messageLimit: true,
  timeout: true,
  signal: true,
};

/**
 * Connects to the process, or the worker thread of this process, that listens on the name. Delivery
 * begins with the next turn of the event loop, so listeners that are added at once miss nothing.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_NO_LISTENER`, `_BAD_TOKEN`, `_REFUSED`, `_VERSION`,
 * `_WRONG_USER`, `_HANDSHAKE`, `_TIMEOUT`, `_INVALID_ARGUMENT`, `_UNSUPPORTED`; or the reason of the signal.
 *
 * @example
 * const peer = await connect('com.example.app');
 * console.log(await peer.invoke('sum', 1, 2));
 */
export async function connect(name: string, options: ConnectOptions = {}): Promise<Peer> {
  checkNames('connect', options, optionNames);
  const [usual, ...others] = socketNames(addressOf(name), shortened);
  const token = tokenBytes(options.token);
  try {
    return await connectPeer(usual, token, options);
  } catch (error) {
    const [other] = others;
    if (other === undefined || !maybeElsewhere(error)) throw error;
    return connectPeer(other, token, options);
  }
}

/** Whether the listener may have had to take another name, or this process may not use this one. */
function maybeElsewhere(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === 'ERR_RINGWIRE_NO_LISTENER' || code === 'ERR_RINGWIRE_SYSTEM';
}

/** @internal */
export async function connectPeer(
  address: string,
  token: Uint8Array,
  options: ConnectOptions,
): Promise<Peer> {
  checkTimeout(options.timeout);
  const loading = loadCodec(options.codec);
  const makeCodec = typeof loading === 'function' ? loading : await loading;
  options.signal?.throwIfAborted();
  const link = await connectLink(address, token, options);
  return Peer.over(new LinkTransport(link), makeCodec(), options);
}

function connectLink(
  address: string,
  token: Uint8Array,
  options: InvokeOptions,
): Promise<NativeLink> {
  return new Promise((resolve, reject) => {
    const attempt = `connect to ${address}`;
    const attempts = new Attempts(address, token, (result) => {
      release();
      if (isFailure(result)) reject(failureError(result, attempt));
      else resolve(result);
    });
    const release = limitWait(options, attempt, (reason) => {
      release();
      attempts.cancel();
      reject(reason);
    });
    attempts.begin();
  });
}
