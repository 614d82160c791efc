import { EventEmitter } from 'node:events';
import { ipcMain, type WebContents, webFrameMain } from 'electron';
import { emitOf } from './intercept-events.ts';
import type { PrivateKind, PrivateMessage, StockEvent } from './private-events.ts';

/** Electron's event, as its dispatcher hands it to `ipc` objects. */
interface CompletedEvent extends StockEvent {
  readonly sender: WebContents;
  readonly ports?: readonly unknown[];
  returnValue?: unknown;
}

type Emit = (channel: string, event: object, ...args: unknown[]) => boolean;

/** An `ipc` object of Electron, as far as it emits. */
export interface Ipc {
  readonly emit: Emit;
}

/** Its `emit`, and what it hides. */
let backstop: { readonly emit: Emit; readonly below: () => Emit } | undefined;

/**
 * Finds ringwire's own messages where Electron's dispatcher emits what it gets, for those that
 * nobody has taken out before: someone has replaced `emit` of a WebContents. A frame that asks to
 * join blocks until it is answered, so there must be no way around. It is no listener, which
 * applications could count, and take away.
 *
 * @throws Error, or TypeError, where Electron's `ipc` objects cannot be changed
 */
export function catchMissed(channel: string, take: (message: PrivateMessage) => void): void {
  const prototype = Object.getPrototypeOf(ipcMain) as object;
  if (prototype === EventEmitter.prototype) throw new Error('ipcMain has no class of its own');
  const below = emitOf(prototype) as () => Emit;
  // Each comes to the frame's `ipc`, the window's and `ipcMain`.
  const taken = new WeakSet<object>();
  const { emit } = {
    emit(this: Ipc, name: string): boolean {
      // biome-ignore lint/complexity/noArguments: its length has to be 1, as that of Node's
      const given = arguments as unknown as [string, CompletedEvent, ...unknown[]];
      if (name !== channel) return Reflect.apply(below(), this, given);
      const [, event, ...args] = given;
      // An application can emit anything itself.
      if (isOfElectron(event) && !taken.has(event)) {
        taken.add(event);
        take(missedMessage(event, args));
      }
      return true;
    },
  };
  Object.defineProperty(prototype, 'emit', {
    configurable: true,
    enumerable: false,
    writable: true,
    value: emit,
  });
  backstop = { emit: emit as Emit, below };
  ipcMain.handle(channel, (event, ...args) => answerTo(event as never, args, take));
}

/** How to emit on an `ipc` object what is on no channel of ringwire: not by the way round. */
export function emitFor(ipc: Ipc): Emit {
  const { emit } = ipc;
  return backstop && emit === backstop.emit ? backstop.below() : emit;
}

/** Hands on what was dispatched under ringwire's channel, with the event Electron has completed. */
export function emitCompleted(message: PrivateMessage, channel: string, payload: unknown): void {
  const { webContents, event } = message;
  const frame = webFrameMain.fromId(event.processId, event.frameId);
  for (const ipc of [frame?.ipc, webContents.ipc, ipcMain]) ipc?.emit(channel, event, payload);
}

function isOfElectron(event: unknown): event is CompletedEvent {
  return typeof event === 'object' && event !== null && 'sender' in event && 'frameId' in event;
}

function missedMessage(event: CompletedEvent, args: unknown[]): PrivateMessage {
  const { sender: webContents } = event;
  if (event.ports) {
    const ports: PrivateKind = 'ports';
    return { webContents, event, kind: ports, args: [args[0], event.ports], missed: true };
  }
  const isSync = Object.getOwnPropertyDescriptor(event, 'returnValue')?.set !== undefined;
  if (!isSync) return { webContents, event, kind: 'message', args, missed: true };
  const sendReply = (value: unknown): boolean => {
    event.returnValue = value;
    return true;
  };
  return withReply('messageSync', event, args, sendReply);
}

/** A batch with calls; Electron's dispatcher looks for a handler, and wraps what that resolves to. */
function answerTo(
  event: CompletedEvent,
  args: unknown[],
  take: (message: PrivateMessage) => void,
): Promise<unknown> {
  return new Promise((resolve) => {
    const sendReply = (answer: unknown): boolean => {
      resolve((answer as { result?: unknown } | undefined)?.result);
      return true;
    };
    take(withReply('invoke', event, args, sendReply));
  });
}

function withReply(
  kind: PrivateKind,
  original: CompletedEvent,
  args: unknown[],
  sendReply: (value: unknown) => boolean,
): PrivateMessage {
  // With all that Electron gave it: what events are like is learned from it.
  const event = Object.create(Object.getPrototypeOf(original) as object, {
    ...Object.getOwnPropertyDescriptors(original),
    _replyChannel: { enumerable: true, value: { sendReply } },
  }) as CompletedEvent;
  return { webContents: original.sender, event, kind, args, missed: true };
}
