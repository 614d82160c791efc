import {
  type ForkOptions as ChildOptions,
  type ChildProcess,
  fork as forkChild,
} from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { loadCodec } from '../core/codec/load.ts';
import { checkTimeout, limitWait } from '../core/deadline.ts';
import { RingwireError } from '../core/errors.ts';
import { experimentalEnvironment } from '../core/experimental.ts';
import { loadNative } from '../core/load-native.ts';
import type { NativeLink, NativeListener } from '../core/native.ts';
import { checkNames, type OptionNames } from '../core/option-names.ts';
import { Peer } from '../core/peer.ts';
import type { Listening } from '../core/socket-names.ts';
import { LinkTransport } from '../core/transport.ts';
import type { MemoryOptions, PeerOptions } from '../core/types.ts';
import { connectPeer } from './connect.ts';
import { listenNative } from './listener.ts';

/** The variable that tells the child its address and token; removed when it is read. */
const variable = 'RINGWIRE_PARENT';

/** Options of {@link fork}: those of `child_process.fork`, and those of a connection. */
export interface ForkOptions extends ChildOptions, PeerOptions, MemoryOptions {
  /**
   * Milliseconds in which the child has to call {@link parent}; then it is killed, and `fork`
   * rejects with `ERR_RINGWIRE_TIMEOUT`.
   *
   * @default no deadline
   */
  readonly connectTimeout?: number;
}

/** A child process and the connection to it. */
export interface Fork {
  readonly child: ChildProcess;
  readonly peer: Peer;
}

/**
 * Starts a Node process as `child_process.fork` does and connects to it. Resolves when the child
 * has called {@link parent}. The connection is the child's alone: it has a token that works once.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_CHILD_EXITED`, `_TIMEOUT`, `_INVALID_ARGUMENT`,
 * `_SYSTEM`, `_UNSUPPORTED`
 *
 * @example
 * const { child, peer } = await fork('./worker.mjs');
 * console.log(await peer.invoke('sum', 1, 2));
 */
export function fork(modulePath: string | URL, options?: ForkOptions): Promise<Fork>;
export function fork(
  modulePath: string | URL,
  args?: readonly string[],
  options?: ForkOptions,
): Promise<Fork>;
export async function fork(
  modulePath: string | URL,
  argsOrOptions: readonly string[] | ForkOptions = [],
  more: ForkOptions = {},
): Promise<Fork> {
  const [args, options] = isList(argsOrOptions) ? [argsOrOptions, more] : [[], argsOrOptions];
  checkTimeout(options.connectTimeout);
  const makeCodec = await loadCodec(options.codec);
  const token = randomBytes(loadNative().limits.tokenLength);
  const name = `ringwire/fork/${process.pid}/${randomBytes(16).toString('base64url')}`;
  const expected = expectOne(name, token, options);
  try {
    const env = {
      ...(options.env ?? process.env),
      ...experimentalEnvironment(),
      [variable]: `${expected.address} ${token.toString('hex')}`,
    };
    const child = forkChild(modulePath, args, { ...options, env });
    const link = await firstOf(child, expected.link, options);
    return { child, peer: Peer.over(new LinkTransport(link), makeCodec(), options) };
  } finally {
    expected.listener.close();
  }
}

/**
 * Connects a process that {@link fork} started to its parent. Every call gives the same connection.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_NOT_FORKED`, or as `connect`
 *
 * @example
 * const peer = await parent();
 * peer.handle('sum', (event, a, b) => a + b);
 */
export async function parent(options: PeerOptions = {}): Promise<Peer> {
  checkNames('parent', options, optionNames);
  theParent ??= connectToParent(options);
  return theParent;
}

let theParent: Promise<Peer> | undefined;

const optionNames: OptionNames<PeerOptions> = {
  codec: true,
  queueLimit: true,
  messageLimit: true,
};

async function connectToParent(options: PeerOptions): Promise<Peer> {
  const [address, token] = process.env[variable]?.split(' ') ?? [];
  delete process.env[variable];
  if (!address || !token) throw new RingwireError('ERR_RINGWIRE_NOT_FORKED');
  return connectPeer(address, Buffer.from(token, 'hex'), options);
}

/** Listens for the one peer that has the token. */
function expectOne(
  name: string,
  token: Buffer,
  options: MemoryOptions,
): Listening<NativeListener> & { link: Promise<NativeLink> } {
  let unused = true;
  let welcome: (link: NativeLink) => void = () => {};
  const link = new Promise<NativeLink>((resolve) => {
    welcome = resolve;
  });
  const listening = listenNative(name, options, {
    authorize(theirs) {
      const admitted = unused && token.equals(theirs);
      if (admitted) unused = false;
      return admitted;
    },
    onLink: welcome,
  });
  return { ...listening, link };
}

/** The link, or why the child will never make one. */
function firstOf(
  child: ChildProcess,
  link: Promise<NativeLink>,
  { connectTimeout }: ForkOptions,
): Promise<NativeLink> {
  return new Promise((resolve, reject) => {
    const limit = connectTimeout === undefined ? {} : { timeout: connectTimeout };
    const release = limitWait(limit, 'parent() in the child', (reason) => {
      child.kill('SIGKILL');
      settle(() => reject(reason));
    });
    const onError = (error: Error): void => settle(() => reject(spawnError(error)));
    const onExit = (code: number | null, signal: string | null): void => {
      const detail = signal === null ? `exit code ${code}` : `signal ${signal}`;
      const error = new RingwireError('ERR_RINGWIRE_CHILD_EXITED', { detail });
      // The child may have connected before it ended. Its connection may still wait in the socket.
      setImmediate(() => setImmediate(() => settle(() => reject(error))));
    };
    const settle = (how: () => void): void => {
      release();
      child.off('error', onError).off('exit', onExit);
      how();
    };
    child.on('error', onError).on('exit', onExit);
    link.then((result) => settle(() => resolve(result)));
  });
}

function isList(value: readonly string[] | ForkOptions): value is readonly string[] {
  return Array.isArray(value);
}

function spawnError(error: Error): Error {
  if (error.name === 'AbortError') return error;
  return new RingwireError('ERR_RINGWIRE_SYSTEM', { detail: error.message, cause: error });
}
