/**
 * The renderer's half of ringwire: runs in the session preload of a frame that may load native
 * code, before any script of the application. Pairs the frame with main and puts the ring under
 * the methods of `ipcRenderer`; when that cannot be, says why to main and changes nothing.
 */
import { setImmediate } from 'node:timers';
import { ipcRenderer } from 'electron';
import { loadNative, type NativeLink } from '../core/native.ts';
import { LinkTransport, statusError } from '../core/transport.ts';
import {
  type FromMain,
  type JoinAnswer,
  type JoinRequest,
  PRIVATE_CHANNEL,
  type StayNotice,
  type StockReason,
} from './pairing.ts';
import { type RendererPath, setRendererPath } from './renderer-path.ts';
import { ringMethods, type SendingMethods } from './ring-methods.ts';
import { type EmitEvent, RingRenderer } from './ring-renderer.ts';

/** Milliseconds for main to notice the connection; it may be starting other windows meanwhile. */
const connectTimeout = 10_000;

join();

function join(): void {
  const answer = ipcRenderer.sendSync(
    PRIVATE_CHANNEL,
    ...(['join'] satisfies JoinRequest),
  ) as JoinAnswer;
  if ('reason' in answer) {
    setRendererPath({ path: 'stock', reason: answer.reason });
    return;
  }
  let link: NativeLink | number;
  try {
    link = loadNative().connectSync(answer.address, answer.token, connectTimeout);
  } catch (error) {
    stay('unsupported', (error as Error).message);
    return;
  }
  if (typeof link === 'number') stay('refused', statusError(link).message);
  else switchOver(link);
}

function stay(reason: StockReason, detail: string): void {
  setRendererPath({ path: 'stock', reason, detail });
  ipcRenderer.send(PRIVATE_CHANNEL, ...(['stay', reason, detail] satisfies StayNotice));
}

function switchOver(link: NativeLink): void {
  const stock: SendingMethods = { ...pickMethods() };
  const ring = new RingRenderer(new LinkTransport(link), emitEvent(stock));
  interceptStock(ring);
  replaceMethods(ringMethods(ring, stock));
  const path: RendererPath = { path: 'ring' };
  setRendererPath(path);
  ring.start((reason) =>
    setRendererPath({ path: 'stock', reason: 'closed', detail: reason.message }),
  );
  // Electron's loop learns of new descriptors when it next runs libuv; this makes it do so.
  setImmediate(() => {});
}

function pickMethods(): SendingMethods {
  const { send, sendSync, invoke, postMessage, sendToHost } = ipcRenderer;
  const { sendTo } = ipcRenderer as SendingMethods;
  return { send, sendSync, invoke, postMessage, sendToHost, ...(sendTo && { sendTo }) };
}

/** Puts each method where Electron has it, own property or prototype, with the same attributes. */
function replaceMethods(methods: SendingMethods): void {
  for (const [name, value] of Object.entries(methods)) {
    const own = Object.getOwnPropertyDescriptor(ipcRenderer, name);
    const holder = own ? ipcRenderer : Object.getPrototypeOf(ipcRenderer);
    Object.defineProperty(holder, name, {
      ...Object.getOwnPropertyDescriptor(holder, name),
      value,
    });
  }
}

/**
 * Emits as Electron's native side does: an exception is reported to the page and ends this event
 * only. Electrons that have `sendTo` also tell the sender's id, 0 for main.
 */
function emitEvent(stock: SendingMethods): EmitEvent {
  const fromMain = stock.sendTo ? { senderId: 0 } : {};
  return (channel, ports, args) => {
    try {
      ipcRenderer.emit(channel, { sender: ipcRenderer, ...fromMain, ports }, ...args);
    } catch (error) {
      reportError(error);
    }
  };
}

/** Takes main's private messages out before the application's listeners; `emit` stays callable. */
function interceptStock(ring: RingRenderer): void {
  const { emit } = ipcRenderer;
  Object.defineProperty(ipcRenderer, 'emit', {
    configurable: true,
    writable: true,
    value(this: unknown, channel: string, ...args: unknown[]): boolean {
      if (channel !== PRIVATE_CHANNEL) return emit.call(this as never, channel, ...args);
      const [event, ...message] = args as [{ ports: unknown[] }, ...unknown[]];
      const first = message[0];
      ring.fromStock((Array.isArray(first) ? first : message) as FromMain, event.ports);
      return true;
    },
  });
}
