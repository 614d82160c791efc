/**
 * Everything private to Electron that ringwire's main half touches, chosen by looking at what
 * this Electron has. Where something needed is missing, {@link missingEvent} and {@link missingMethod} say what, and
 * ringwire stays on stock IPC. docs/electron-versions.md says what was run and what only read.
 */
import type { WebContents, WebFrameMain } from 'electron';
import { emitOwn } from './intercept-events.ts';
import { asEmitter, dispatchesFromSession, privateEvents } from './private-events.ts';

/** Sends one message to one frame the stock way. */
export type StockSend = (frame: WebFrameMain, channel: string, args: unknown[]) => void;

interface FramePrototype {
  _send(this: WebFrameMain, internal: boolean, channel: string, args: unknown[]): void;
  _postMessage(this: WebFrameMain, ...args: unknown[]): void;
}

/**
 * Hands messages to Electron's own dispatcher, as its native side does; `args` are null when they
 * could not be read.
 */
export interface ElectronDispatcher {
  message(to: WebContents, event: object, channel: string, args: unknown[] | null): void;
  messageSync(to: WebContents, event: object, channel: string, args: unknown[] | null): void;
  invoke(to: WebContents, event: object, channel: string, args: unknown[] | null): void;
  post(to: WebContents, event: object, channel: string, message: unknown, ports: unknown[]): void;
  host(to: WebContents, event: object, channel: string, args: unknown[] | null): void;
}

const fromWebContents: ElectronDispatcher = {
  message(to, event, channel, args) {
    emitOwn(to, privateEvents.message, event, false, channel, args);
  },
  messageSync(to, event, channel, args) {
    emitOwn(to, privateEvents.messageSync, event, false, channel, args);
  },
  invoke(to, event, channel, args) {
    emitOwn(to, privateEvents.invoke, event, false, channel, args);
  },
  post(to, event, channel, message, ports) {
    emitOwn(to, privateEvents.ports, event, false, channel, message, ports);
  },
  host(to, event, channel, args) {
    asEmitter(to).emit('ipc-message-host', event, channel, args);
  },
};

const fromSession: ElectronDispatcher = {
  message(to, event, channel, args) {
    emitOwn(to.session, privateEvents.message, event, channel, args);
  },
  messageSync(to, event, channel, args) {
    emitOwn(to.session, privateEvents.messageSync, event, channel, args);
  },
  invoke(to, event, channel, args) {
    emitOwn(to.session, privateEvents.invoke, event, channel, args);
  },
  post(to, event, channel, message, ports) {
    emitOwn(to.session, privateEvents.ports, event, channel, message, ports);
  },
  host(to, event, channel, args) {
    asEmitter(to.session).emit('-ipc-message-host', event, channel, args);
  },
};

/** The dispatcher this Electron has. */
export function findDispatcher(webContents: WebContents): ElectronDispatcher {
  return dispatchesFromSession(webContents) ? fromSession : fromWebContents;
}

/** Takes over what every way of sending to a frame ends in. */
export interface FrameSender {
  /** Returns whether the message was sent; false leaves it to stock IPC. May throw. */
  send(frame: WebFrameMain, channel: string, args: unknown[]): boolean;
  /** Called instead of the stock `postMessage`, with a way to send by it. */
  postMessage(
    frame: WebFrameMain,
    args: readonly unknown[],
    stock: (...args: readonly unknown[]) => void,
  ): void;
}

/**
 * Replaces the native `_send` and `_postMessage` below `webContents.send`, `frame.send`,
 * `sendToFrame`, `event.reply` and the two `postMessage`.
 *
 * @returns the stock way to send, for ringwire's own messages
 */
export function interceptSends(frame: WebFrameMain, sender: FrameSender): StockSend {
  const prototype = Object.getPrototypeOf(frame) as FramePrototype;
  const { _send, _postMessage } = prototype;
  prototype._send = function (internal, channel, args) {
    // Other arguments are of an Electron that is not known.
    const known = internal === false && typeof channel === 'string' && Array.isArray(args);
    // biome-ignore lint/complexity/noArguments: every message of main comes through here
    if (!known || !sender.send(this, channel, args)) _send.apply(this, arguments as never);
  };
  prototype._postMessage = function (...args) {
    sender.postMessage(this, args, (...stockArgs) => _postMessage.apply(this, [...stockArgs]));
  };
  return (to, channel, args) => _send.call(to, false, channel, args);
}

/** What is missing to take over messages of windows, or undefined. */
export function missingEvent(webContents: WebContents): string | undefined {
  const fromSession = dispatchesFromSession(webContents);
  const dispatching: object | undefined = fromSession ? webContents.session : webContents;
  const names = Object.values(privateEvents);
  const missing = names.find((name) => !dispatching || !asEmitter(dispatching).listenerCount(name));
  if (missing) return `internal event ${missing}`;
  return answersByEvent(dispatching as object) ? 'event._replyChannel' : undefined;
}

/** Before version 25 events themselves have what answers them; the listener's source shows it. */
function answersByEvent(dispatching: object): boolean {
  const listeners = asEmitter(dispatching).listeners(privateEvents.invoke).map(String);
  return listeners.some((code) => /\.sendReply\b/.test(code) && !code.includes('_replyChannel'));
}

/** What is missing to take over messages to frames, or undefined. */
export function missingMethod(frame: WebFrameMain): string | undefined {
  const prototype = Object.getPrototypeOf(frame) as Partial<FramePrototype>;
  const names = ['_send', '_postMessage'] as const;
  const missing = names.find((name) => typeof prototype[name] !== 'function');
  return missing && `WebFrameMain.prototype.${missing}`;
}
