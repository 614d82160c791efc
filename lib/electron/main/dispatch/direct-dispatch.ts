import { EventEmitter } from 'node:events';
import { ipcMain, type WebContents, type WebFrameMain, webFrameMain } from 'electron';
import { emitFor } from '../hooks/backstop.ts';
import type { ElectronDispatcher } from '../hooks/hooks.ts';
import { isUnpatched } from '../hooks/intercept-events.ts';
import { privateEvents } from '../hooks/private-events.ts';
import { type Dispatch, ElectronDispatch } from './dispatch.ts';
import type { EventForm } from './event-form.ts';
import { IpcEvent, RequestEvent, type Sender } from './ipc-event.ts';
import {
  type DirectKind,
  isKnownEvent,
  type KnownListeners,
  knownListeners,
} from './known-dispatcher.ts';
import { errorAnswer, type SendAnswer } from './reply-channel.ts';

/** What Electron's `ipc` objects are to its own dispatcher. */
interface Ipc {
  emit(channel: string, event: object, ...args: unknown[]): boolean;
  listenerCount(channel: string): number;
  readonly _invokeHandlers: ReadonlyMap<string, Handler>;
}

type Handler = (event: object, ...args: unknown[]) => unknown;

/**
 * Delivers what this document sends: directly where this Electron's dispatcher is known, unless
 * `RINGWIRE_DISPATCH=electron` is in the environment.
 */
export function makeDispatch(dispatcher: ElectronDispatcher, from: Sender): Dispatch {
  const electron = new ElectronDispatch(dispatcher, from);
  if (process.env.RINGWIRE_DISPATCH === 'electron') return electron;
  const listeners = knownListeners(from);
  if (!listeners) return electron;
  if (laidOut.length === 0) layOut(from.form);
  return new DirectDispatch(from, electron, listeners);
}

/**
 * Events that nobody sees. The layout that V8 has for events with a `senderFrame` is that of the
 * first getter that was defined; an event with another one gets a slow layout of its own. With
 * Electron's, of which each is the first event's alone, `sendSync` took 2.2 µs in that loop. So ours
 * come first, and stay.
 */
const laidOut: object[] = [];

function layOut(form: EventForm): void {
  // Of nobody: they would hold their sender for ever.
  const from = { form, webContents: {}, frameId: 0, processId: 0, frameTreeNodeId: 0 } as Sender;
  const message = new IpcEvent(from);
  const request = new RequestEvent(from, () => {});
  complete(message, from);
  completeRequest(request, from);
  laidOut.push(message, request);
}

/** An event with its sender. */
interface Sent {
  readonly sender: WebContents;
  reply?: (channel: string, ...args: unknown[]) => void;
}

/** Kinds whose event Electron's dispatcher has completed before our eyes, as we do. */
const confirmed: Record<DirectKind, boolean> = {
  message: false,
  messageSync: false,
  invoke: false,
};

/**
 * Does what Electron's dispatcher does, with the same receivers in the same order, where that is
 * certain: its source is known, the first event of each kind has shown what it adds, and nobody
 * has patched `emit` or listens to its private events. Else, and for what is rare, Electron's own
 * dispatches. Alone in a loop a `send` takes 0.3 to 0.6 µs instead of 3, `sendSync` and `invoke`
 * take 1 instead of 3 to 4; most of that is `senderFrame`, of which Electron's makes a closure for
 * each event.
 */
class DirectDispatch implements Dispatch {
  readonly #from: Sender;
  readonly #electron: ElectronDispatch;
  readonly #listeners: KnownListeners;
  readonly #contents: WebContents & { readonly _events?: Readonly<Record<string, unknown>> };
  readonly #ipc: Ipc;

  constructor(from: Sender, electron: ElectronDispatch, listeners: KnownListeners) {
    this.#from = from;
    this.#electron = electron;
    this.#listeners = listeners;
    this.#contents = from.webContents;
    this.#ipc = asIpc(from.webContents.ipc);
  }

  message(channel: string, args: unknown[] | null): void {
    if (args === null || !this.#replaces('message')) {
      this.#confirm('message', this.#electron.message(channel, args));
      return;
    }
    const event = new IpcEvent(this.#from);
    complete(event, this.#from);
    this.#emit('ipc-message', event, channel, args);
  }

  messageSync(channel: string, args: unknown[] | null, answer: SendAnswer): void {
    if (args === null || !this.#replaces('messageSync')) {
      this.#confirm('messageSync', this.#electron.messageSync(channel, args, answer));
      return;
    }
    const event = new RequestEvent(this.#from, answer);
    completeRequest(event, this.#from);
    try {
      this.#warnOfSilence(channel);
      this.#emit('ipc-message-sync', event, channel, args);
    } catch (error) {
      event._replyChannel.watch();
      throw error;
    }
    event._replyChannel.expectAnswer();
  }

  invoke(channel: string, args: unknown[] | null, answer: SendAnswer): void {
    if (args === null || !this.#replaces('invoke')) {
      this.#confirm('invoke', this.#electron.invoke(channel, args, answer));
      return;
    }
    const event = new RequestEvent(this.#from, answer);
    addSender(event, this.#from);
    void this.#handle(event, channel, args);
    event._replyChannel.expectAnswer();
  }

  post(channel: string, message: unknown): void {
    this.#electron.post(channel, message);
  }

  host(channel: string, args: unknown[] | null): void {
    this.#electron.host(channel, args);
  }

  #emit(
    name: 'ipc-message' | 'ipc-message-sync',
    event: object,
    channel: string,
    args: unknown[],
  ): void {
    // `replaces` has seen that nobody has patched this emit.
    if (this.#contents._events?.[name] !== undefined) {
      this.#contents.emit(name as 'ipc-message', event as never, channel, ...args);
    }
    const frame = this.#frameIpc(channel);
    if (frame) emitFor(frame).call(frame, channel, event, ...args);
    if (!isDeaf(this.#ipc, channel)) emitFor(this.#ipc).call(this.#ipc, channel, event, ...args);
    emitFor(main).call(main, channel, event, ...args);
  }

  async #handle(event: RequestEvent, channel: string, args: unknown[]): Promise<void> {
    const handler =
      this.#frameIpc(channel)?._invokeHandlers.get(channel) ??
      this.#ipc._invokeHandlers.get(channel) ??
      main._invokeHandlers.get(channel);
    if (!handler) {
      const error = new Error(`No handler registered for '${channel}'`);
      event._replyChannel.sendReply(errorAnswer(channel, error));
      return;
    }
    try {
      const result = await Promise.resolve(handler(event, ...args));
      event._replyChannel.sendReply({ result });
    } catch (error) {
      event._replyChannel.sendReply(errorAnswer(channel, error as Error));
    }
  }

  /** Whether nothing would tell this dispatch from Electron's. */
  #replaces(kind: DirectKind): boolean {
    return (
      confirmed[kind] &&
      this.#contents._events?.[privateEvents[kind]] === this.#listeners[kind] &&
      isUnpatched(this.#contents)
    );
  }

  #confirm(kind: DirectKind, event: object): void {
    if (!confirmed[kind]) confirmed[kind] = isKnownEvent(kind, event, this.#from);
  }

  /** `frame.ipc`, if it matters: something there waits for this channel, and the frame exists. */
  #frameIpc(channel: string): Ipc | undefined {
    const { frame } = this.#from;
    // Electron makes it when it is first read.
    const ipc = Object.hasOwn(frame, 'ipc') ? asIpc(frame.ipc) : undefined;
    if (ipc === undefined || isDeaf(ipc, channel)) return undefined;
    return this.#frameExists() ? ipc : undefined;
  }

  #frameExists(): boolean {
    const { form, frame, processId, frameId } = this.#from;
    if (!form.frame) return webFrameMain.fromId(processId, frameId) !== undefined;
    // The same object whatever document the frame shows, as long as it is in the tree.
    return !(frame as FrameInTree).isDestroyed();
  }

  #warnOfSilence(channel: string): void {
    const heard =
      this.#contents.listenerCount('ipc-message-sync') !== 0 ||
      this.#ipc.listenerCount(channel) !== 0 ||
      main.listenerCount(channel) !== 0 ||
      (this.#frameIpc(channel)?.listenerCount(channel) ?? 0) !== 0;
    if (heard) return;
    console.warn(
      `WebContents #${this.#contents.id} called ipcRenderer.sendSync() with '${channel}' channel without listeners.`,
    );
  }
}

const main = asIpc(ipcMain);

function asIpc(ipc: object): Ipc {
  return ipc as Ipc;
}

/** Whether nothing hears this channel, and nobody has patched the object to hear all of them. */
function isDeaf(ipc: Ipc, channel: string): boolean {
  return (
    channel !== 'error' && // which throws when nobody hears it
    ipc.listenerCount(channel) === 0 &&
    !ipc._invokeHandlers.has(channel) &&
    emitFor(ipc) === EventEmitter.prototype.emit
  );
}

/** A frame since version 30. */
interface FrameInTree extends WebFrameMain {
  isDestroyed(): boolean;
}

// One getter for all events: see `laidOut`.
const senderFrame: PropertyDescriptor & ThisType<IpcEvent> = {
  get() {
    return webFrameMain.fromId(this.processId, this.frameId);
  },
};

const returnValue: PropertyDescriptor & ThisType<RequestEvent> = {
  get() {
    return undefined;
  },
  set(value: unknown) {
    this._replyChannel.sendReply(value);
  },
};

function addSender(event: object, { webContents, form }: Sender): asserts event is Sent {
  (event as { sender: WebContents }).sender = webContents;
  if (!form.frame) Object.defineProperty(event, 'senderFrame', senderFrame);
}

/** Adds what Electron's dispatcher adds to the event of a `send`. */
function complete(event: IpcEvent, from: Sender): void {
  addSender(event, from);
  addReply(event);
}

/** Adds what Electron's dispatcher adds to the event of a `sendSync`. */
function completeRequest(event: RequestEvent, from: Sender): void {
  addSender(event, from);
  Object.defineProperty(event, 'returnValue', returnValue);
  addReply(event);
}

function addReply(event: (IpcEvent | RequestEvent) & Sent): void {
  const { processId, frameId } = event;
  event.reply = (channel, ...args) => {
    event.sender.sendToFrame([processId, frameId], channel, ...args);
  };
}
