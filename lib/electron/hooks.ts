/**
 * Everything private to Electron that ringwire's main half touches, chosen by looking at what
 * this Electron has. Where something needed is missing, {@link findHooks} says what, and ringwire
 * stays on stock IPC.
 */
import type { Session, WebContents, WebFrameMain } from 'electron';

/** A stock message on {@link PRIVATE_CHANNEL}, taken out before Electron's dispatcher. */
export interface PrivateMessage {
  readonly webContents: WebContents;
  readonly event: StockEvent;
  readonly kind: 'message' | 'message-sync' | 'ports' | 'message-host';
  /** The name of Electron's internal event. */
  readonly name: string;
  /** The arguments after the channel; for `ports` the message and the ports. */
  readonly args: readonly unknown[];
}

/** The event Electron makes for a message, as far as ringwire looks at it. */
export interface StockEvent {
  readonly processId: number;
  readonly frameId: number;
  readonly _replyChannel?: { sendReply(value: unknown): boolean };
}

/** Sends one message to one frame the stock way. */
export type StockSend = (frame: WebFrameMain, channel: string, args: unknown[]) => void;

interface EmitterPrototype {
  emit(this: WebContents, name: string | symbol, ...args: unknown[]): boolean;
}

interface FramePrototype {
  _send(this: WebFrameMain, internal: boolean, channel: string, args: unknown[]): void;
  _postMessage(this: WebFrameMain, ...args: unknown[]): void;
}

const kinds = {
  '-ipc-message': 'message',
  '-ipc-message-sync': 'message-sync',
  '-ipc-ports': 'ports',
  'ipc-message-host': 'message-host',
  '-ipc-message-host': 'message-host',
} as const;

/**
 * Replaces `emit` of the prototype all WebContents share, so that stock messages on `channel`
 * reach `take` and nobody else. Everything else passes unchanged.
 */
export function interceptMessages(
  webContents: WebContents,
  channel: string,
  take: (message: PrivateMessage) => void,
): void {
  const prototype = Object.getPrototypeOf(webContents) as EmitterPrototype;
  const { emit } = prototype;
  prototype.emit = function (name, ...args) {
    const kind = kinds[name as keyof typeof kinds];
    if (kind === undefined) return emit.call(this, name, ...args);
    // (event, internal, channel, ...), but (event, channel, args) for messages to the host.
    const at = kind === 'message-host' ? 1 : 2;
    if (args[at] !== channel) return emit.call(this, name, ...args);
    const event = args[0] as StockEvent;
    const rest = args.slice(at + 1);
    take({
      webContents: this,
      event,
      kind,
      name: name as string,
      args: kind === 'ports' ? rest : (rest[0] as unknown[]),
    });
    return true;
  };
}

type Emit = (
  name: string,
  event: object,
  internal: false,
  channel: string,
  args: unknown[],
) => void;

/** Hands messages to Electron's own dispatcher, as its native side does. */
export const dispatch = {
  message(to: WebContents, event: object, channel: string, args: unknown[]): void {
    (to as unknown as { emit: Emit }).emit('-ipc-message', event, false, channel, args);
  },
  messageSync(to: WebContents, event: object, channel: string, args: unknown[]): void {
    (to as unknown as { emit: Emit }).emit('-ipc-message-sync', event, false, channel, args);
  },
  invoke(to: WebContents, event: object, channel: string, args: unknown[]): void {
    (to as unknown as { emit: Emit }).emit('-ipc-invoke', event, false, channel, args);
  },
};

/** Takes over what every way of sending to a frame ends in; see {@link FrameSender}. */
export interface FrameSender {
  /** Returns whether the message was sent; false leaves it to stock IPC. May throw. */
  send(frame: WebFrameMain, channel: string, args: readonly unknown[]): boolean;
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
    if (internal || !sender.send(this, channel, args)) _send.call(this, internal, channel, args);
  };
  prototype._postMessage = function (...args) {
    sender.postMessage(this, args, (...stockArgs) => _postMessage.apply(this, [...stockArgs]));
  };
  return (to, channel, args) => _send.call(to, false, channel, args);
}

/** What is missing for ringwire to work on this Electron, or undefined. */
export function missingHook(webContents: WebContents, frame: WebFrameMain): string | undefined {
  const framePrototype = Object.getPrototypeOf(frame) as Partial<FramePrototype>;
  if (typeof framePrototype._send !== 'function') return 'WebFrameMain.prototype._send';
  if (typeof framePrototype._postMessage !== 'function') {
    return 'WebFrameMain.prototype._postMessage';
  }
  for (const name of ['-ipc-message', '-ipc-message-sync', '-ipc-invoke']) {
    if (webContents.listenerCount(name) === 0) return `the internal event ${name} of WebContents`;
  }
  return undefined;
}

/**
 * Puts a preload script before all others of a session, and keeps it there whatever the
 * application sets later; what the application reads back is only its own.
 */
export function addSessionPreload(session: Session, path: string): void {
  if (typeof session.registerPreloadScript === 'function') {
    session.registerPreloadScript({ type: 'frame', filePath: path, id: 'ringwire' });
    return;
  }
  const { setPreloads, getPreloads } = session;
  let own = getPreloads.call(session);
  setPreloads.call(session, [path, ...own]);
  session.setPreloads = (preloads) => {
    setPreloads.call(session, [path, ...preloads]);
    own = preloads;
  };
  session.getPreloads = () => [...own];
}
