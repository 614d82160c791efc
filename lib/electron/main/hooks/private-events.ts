/** The events by which Electron's native side hands over messages, and who emits them. */
import type { WebContents } from 'electron';

/** A stock message on ringwire's own channel, taken out before Electron's dispatcher. */
export interface PrivateMessage {
  readonly webContents: WebContents;
  readonly event: StockEvent;
  readonly kind: PrivateKind;
  /** The arguments after the channel; for `ports` the message and the ports. */
  readonly args: readonly unknown[];
  /** Electron's dispatcher has had it: the event is complete. */
  readonly missed?: true;
}

/** The event Electron makes for a message, as far as ringwire looks at it. */
export interface StockEvent {
  readonly sender?: WebContents;
  readonly processId: number;
  readonly frameId: number;
  _replyChannel?: StockReply;
}

/** What answers a request. The first answer counts: false when there was one before. */
export interface StockReply {
  sendReply(value: unknown): boolean;
}

/** Any emitter, whatever it emits. */
export interface Emitter {
  emit(name: string | symbol, ...args: unknown[]): boolean;
  listenerCount(name: string): number;
  listeners(name: string): unknown[];
}

/** Events of Electron's native side, each heard by Electron's dispatcher alone. */
export const privateEvents = {
  message: '-ipc-message',
  messageSync: '-ipc-message-sync',
  invoke: '-ipc-invoke',
  ports: '-ipc-ports',
} as const;

/** What a message of Electron's native side is. */
export type PrivateKind = keyof typeof privateEvents;

/**
 * Since version 36 the session dispatches, as `(event, channel, ...)`; before, the WebContents,
 * as `(event, internal, channel, ...)`. In version 35 both have listeners: the session's are for
 * service workers.
 */
export function dispatchesFromSession(webContents: WebContents): boolean {
  return asEmitter(webContents).listenerCount(privateEvents.message) === 0;
}

/** The same object, with its methods for events of any name. */
export function asEmitter(object: object): Emitter {
  return object as Emitter;
}
