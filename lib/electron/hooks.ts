/**
 * Everything private to Electron that ringwire's main half touches, chosen by looking at what
 * this Electron has. Where something needed is missing, {@link missingHook} says what, and
 * ringwire stays on stock IPC. docs/electron-versions.md says what was run and what only read.
 */
import { EventEmitter } from 'node:events';
import type { WebContents, WebFrameMain } from 'electron';

/** A stock message on ringwire's own channel, taken out before Electron's dispatcher. */
export interface PrivateMessage {
  readonly webContents: WebContents;
  readonly event: StockEvent;
  readonly kind: PrivateKind;
  /** The arguments after the channel; for `ports` the message and the ports. */
  readonly args: readonly unknown[];
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

/** Sends one message to one frame the stock way. */
export type StockSend = (frame: WebFrameMain, channel: string, args: unknown[]) => void;

interface Emitter {
  emit(name: string | symbol, ...args: unknown[]): boolean;
  listenerCount(name: string): number;
}

interface FramePrototype {
  _send(this: WebFrameMain, internal: boolean, channel: string, args: unknown[]): void;
  _postMessage(this: WebFrameMain, ...args: unknown[]): void;
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

const kinds: ReadonlyMap<string | symbol, PrivateKind> = new Map(
  Object.entries(privateEvents).map(([kind, name]) => [name, kind as PrivateKind]),
);

/**
 * Since version 36 the session dispatches, as `(event, channel, ...)`; before, the WebContents,
 * as `(event, internal, channel, ...)`.
 */
function dispatchesFromSession(webContents: WebContents): boolean {
  return asEmitter(webContents.session).listenerCount(privateEvents.message) > 0;
}

function asEmitter(object: object): Emitter {
  return object as Emitter;
}

/** The event that ringwire hands to Electron's dispatcher at this moment. */
let own: object | undefined;

/** Node's own, or what had replaced it before ringwire was loaded. */
const nodesEmit: Emitter['emit'] = EventEmitter.prototype.emit;

/** `emit` of WebContents once it is intercepted, if it was Node's own before. */
let intercepting: Emitter['emit'] | undefined;

/** Hears an event of a WebContents before those who listen to it; `args` come after the event. */
export type Hear = (webContents: WebContents, ...args: never[]) => void;

/** What is done with what is emitted. */
export interface Interception {
  /** Messages on it reach `take` and nobody else. */
  readonly channel: string;
  readonly take: (message: PrivateMessage) => void;
  /**
   * Comes before every other message that Electron received. It is told whose it is, if it is of
   * Electron's own scripts, such as `window.close`.
   */
  readonly before: (
    kind: PrivateKind,
    event: StockEvent,
    channel: string,
    internal: WebContents | undefined,
  ) => void;
  /** Other events of WebContents, by name. Who listened would be counted, and warned about. */
  readonly hears: ReadonlyMap<string | symbol, Hear>;
}

/**
 * Replaces `emit` of the prototype that all dispatching objects share, and of that which all
 * WebContents share. What is emitted passes unchanged, but for the messages on the channel.
 */
export function interceptEvents(
  webContents: WebContents,
  { channel, take, before, hears }: Interception,
): void {
  const fromSession = dispatchesFromSession(webContents);
  const prototype = asEmitter(
    Object.getPrototypeOf(fromSession ? webContents.session : webContents),
  );
  const emit = emitOf(prototype);
  const at = fromSession ? 1 : 2;
  // Every event of every window comes through here, so no list is made of the arguments.
  const replacement = {
    emit(this: object, name: string | symbol): boolean {
      const kind = kinds.get(name);
      // biome-ignore lint/complexity/noArguments: see above
      const given = arguments as unknown as unknown[];
      if (kind === undefined) {
        if (!fromSession) hear(hears, this as WebContents, given);
        return Reflect.apply(emit(), this, given);
      }
      const event = given[1] as StockEvent;
      if (given[at + 1] !== channel) {
        if (event === own) {
          own = undefined;
        } else {
          const internal = !fromSession && given[2] === true ? (this as WebContents) : undefined;
          before(kind, event, given[at + 1] as string, internal);
        }
        return Reflect.apply(emit(), this, given);
      }
      const sender = fromSession ? event.sender : (this as WebContents);
      const rest = Array.from(given).slice(at + 2);
      // A service worker has no sender, and nothing to say on this channel.
      if (sender) {
        // Null: values that V8 cannot read.
        const values = kind === 'ports' ? rest : ((rest[0] ?? []) as unknown[]);
        take({ webContents: sender, event, kind, args: values });
      }
      return true;
    },
  };
  intercepting = emit() === nodesEmit ? replacement.emit : undefined;
  prototype.emit = replacement.emit;
  if (fromSession) hearOnly(webContents, hears);
}

function hear(hears: Interception['hears'], on: WebContents, given: readonly unknown[]): void {
  const heard = hears.get(given[0] as string);
  if (heard) Reflect.apply(heard, undefined, [on, ...Array.from(given).slice(2)]);
}

/** Where messages do not come by the WebContents. */
function hearOnly(webContents: WebContents, hears: Interception['hears']): void {
  const prototype = asEmitter(Object.getPrototypeOf(webContents));
  const emit = emitOf(prototype);
  const replacement = {
    emit(this: WebContents, _name: string | symbol): boolean {
      // biome-ignore lint/complexity/noArguments: no list is made of the arguments
      const given = arguments as unknown as unknown[];
      hear(hears, this, given);
      return Reflect.apply(emit(), this, given);
    },
  };
  prototype.emit = replacement.emit;
}

/** What to call for the `emit` of a prototype: Node's is read anew, so who replaces it is heard. */
function emitOf(prototype: Emitter): () => Emitter['emit'] {
  const { emit } = prototype;
  return emit === nodesEmit ? () => EventEmitter.prototype.emit : () => emit;
}

/** Whether what is emitted on this object is seen by ringwire and Node alone, and by no patch. */
export function isUnpatched(webContents: WebContents): boolean {
  return asEmitter(webContents).emit === intercepting && EventEmitter.prototype.emit === nodesEmit;
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

function emitOwn(on: object, name: string, event: object, ...rest: unknown[]): void {
  own = event;
  try {
    asEmitter(on).emit(name, event, ...rest);
  } finally {
    // Whoever has replaced emit may have kept it from us; it holds its sender.
    if (own === event) own = undefined;
  }
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

/** Since version 34 Electron's native side completes an event before it is dispatched. */
export function hasModernEvents(): boolean {
  return Number.parseInt(process.versions.electron ?? '0', 10) >= 34;
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
    if (internal || !sender.send(this, channel, args)) _send.call(this, internal, channel, args);
  };
  prototype._postMessage = function (...args) {
    sender.postMessage(this, args, (...stockArgs) => _postMessage.apply(this, [...stockArgs]));
  };
  return (to, channel, args) => _send.call(to, false, channel, args);
}

/** What is missing for ringwire to work on this Electron, or undefined. */
export function missingHook(webContents: WebContents, frame: WebFrameMain): string | undefined {
  const prototype = Object.getPrototypeOf(frame) as Partial<FramePrototype>;
  if (typeof prototype._send !== 'function') return 'WebFrameMain.prototype._send';
  if (typeof prototype._postMessage !== 'function') return 'WebFrameMain.prototype._postMessage';
  const dispatching = dispatchesFromSession(webContents) ? webContents.session : webContents;
  for (const name of Object.values(privateEvents)) {
    if (asEmitter(dispatching).listenerCount(name) === 0) return `the internal event ${name}`;
  }
  return undefined;
}
