export { RingwireError, type RingwireErrorCode } from './core/errors.ts';
export type {
  InvokeEvent,
  Peer,
  PeerEvent,
  PeerHandler as Handler,
  PeerListener as Listener,
  PeerListeners as Listeners,
} from './core/peer.ts';
export type { SharedBuffer } from './core/shared-buffer.ts';
export type {
  CallOptions,
  CodecName,
  InvokeOptions,
  MemoryOptions,
  PeerOptions,
} from './core/types.ts';
export { type ConnectOptions, connect } from './node/connect.ts';
export { type Fork, type ForkOptions, fork, parent } from './node/fork.ts';
export { type ListenOptions, listen, type Server } from './node/listen.ts';
export { createSharedBuffer } from './node/shared-buffer.ts';
