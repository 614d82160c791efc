import { builtInCodec } from '../../lib/core/codec/codec.ts';
import type { PeerListeners } from '../../lib/core/peer.ts';
import { Peer } from '../../lib/core/peer.ts';
import type { PeerOptions } from '../../lib/core/types.ts';
import { MemoryTransport } from './memory-transport.ts';

/** Two ends of one connection in this thread. */
export interface Ends {
  readonly here: Peer;
  readonly there: Peer;
  readonly hereTransport: MemoryTransport;
  readonly thereTransport: MemoryTransport;
}

export function connectedPeers(
  options: PeerOptions = {},
  shared: readonly PeerListeners[] = [],
): Ends {
  const codec = options.codec === 'json' ? 'json' : 'structured';
  const [hereTransport, thereTransport] = MemoryTransport.pair();
  return {
    here: Peer.over(hereTransport, builtInCodec(codec), options),
    there: Peer.over(thereTransport, builtInCodec(codec), options, shared),
    hereTransport,
    thereTransport,
  };
}

/** Resolves with the arguments of the next message on the channel. */
export function nextMessage(peer: PeerListeners, channel: string): Promise<unknown[]> {
  return new Promise((resolve) => {
    peer.once(channel, (_, ...args) => resolve(args));
  });
}

/** An error of this package, with the error of a handler behind it. */
type Rejection = Error & { code?: string; cause: Error & { code?: string } };

/** What the promise rejects with; fails when it resolves. */
export function rejectionOf(promise: Promise<unknown>): Promise<Rejection> {
  return promise.then(
    () => {
      throw new Error('nothing was rejected');
    },
    (reason) => reason as Rejection,
  );
}

/** The error that `run` throws; fails when it throws none. */
export function thrownBy(run: () => unknown): Error & { code?: string } {
  try {
    run();
  } catch (error) {
    return error as Error & { code?: string };
  }
  throw new Error('nothing was thrown');
}
