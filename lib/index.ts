export { RingwireError, type RingwireErrorCode } from './core/errors.ts';
export type { Listeners } from './core/listeners.ts';
export type { Peer } from './core/peer.ts';
export { createSharedBuffer, type SharedBuffer } from './core/shared-buffer.ts';
export type {
  CallOptions,
  CodecName,
  Handler,
  InvokeEvent,
  InvokeOptions,
  Listener,
  MemoryOptions,
  PeerEvent,
  PeerOptions,
} from './core/types.ts';
export { type ConnectOptions, connect } from './node/connect.ts';
export { type Fork, type ForkOptions, fork, parent } from './node/fork.ts';
export { type ListenOptions, listen, type Server } from './node/listen.ts';
