/**
 * The renderer's half of ringwire: runs in the session preload of a frame that may load native
 * code, before any script of the application. Pairs the frame with main and puts the ring under
 * the methods of `ipcRenderer`; when that cannot be, says why to main and changes nothing.
 */
import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers';
import { type IpcRenderer, ipcRenderer } from 'electron';
import { loadNative, type NativeLink } from '../core/native.ts';
import { LinkTransport, statusError } from '../core/transport.ts';
import {
  type AcceptingNotice,
  type CodecName,
  type FromMain,
  type JoinAnswer,
  type JoinRequest,
  PRIVATE_CHANNEL,
  type StayNotice,
  type StockReason,
} from './pairing.ts';
import { PeerListener } from './peer-listener.ts';
import { Peers } from './peers.ts';
import { setRendererPath } from './renderer-path.ts';
import { ringMethods, type SendingMethods } from './ring-methods.ts';
import { RingRenderer } from './ring-renderer.ts';

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
  else switchOver(link, answer.codec);
}

function stay(reason: StockReason, detail: string): void {
  setRendererPath({ path: 'stock', reason, detail });
  ipcRenderer.send(PRIVATE_CHANNEL, ...(['stay', reason, detail] satisfies StayNotice));
}

function switchOver(link: NativeLink, codec: CodecName): void {
  const stock: SendingMethods = { ...pickMethods() };
  // Asked now: without context isolation Electron takes `process` away once preloads have run.
  const mainFrameIsTold = tellsMainFrame();
  const fromPeers = new PeerListener(codec, (peer, channel, args) => {
    const { senderId, senderIsMainFrame } = peer;
    const from = mainFrameIsTold ? { senderId, senderIsMainFrame } : { senderId };
    emit(channel, { sender: ipcRenderer, ...from, ports: [] }, args);
  });
  // Electrons that have `sendTo` also tell who sent: 0 is main.
  const main = stock.sendTo ? { senderId: 0 } : {};
  const ring = new RingRenderer(new LinkTransport(link), codec, {
    emit: (channel, ports, args) => emit(channel, { sender: ipcRenderer, ...main, ports }, args),
    acceptPeer(peer) {
      const listening = fromPeers.announce(peer);
      ring.tell(['accepting', peer.token, listening] satisfies AcceptingNotice);
    },
    ended: ({ message }) => setRendererPath({ path: 'stock', reason: 'closed', detail: message }),
  });
  interceptStock(ring);
  replaceMethods(ringMethods(ring, new Peers(ring, codec, stock.sendTo), stock));
  setRendererPath({ path: 'ring' });
  // Electron emits this when it takes the document's Node.js away. Ticks still run after it, so
  // what the application's own listeners of it send goes by the ring, too.
  process.once('exit', () => process.nextTick(() => ring.release()));
  ring.start();
  // Electron's loop learns of new descriptors when it next runs libuv; this makes it do so.
  setImmediate(() => {});
}

/** `senderIsMainFrame` came to version 25 in the middle of 2023, after 25.1. */
function tellsMainFrame(): boolean {
  const [major = 0, minor = 0] = (process.versions.electron ?? '').split('.').map(Number);
  return major > 25 || (major === 25 && minor > 2);
}

/**
 * Emits as Electron's native side does: an exception is reported and ends this event only. That
 * values which could not be read are no list is one of those exceptions, in Electron too.
 */
function emit(channel: string, event: object, args: unknown[] | null): void {
  try {
    ipcRenderer.emit(channel, event, ...(args as unknown[]));
  } catch (error) {
    reportError(error);
  }
}

function pickMethods(): SendingMethods {
  const { send, sendSync, invoke, postMessage, sendToHost } = ipcRenderer;
  const { sendTo } = ipcRenderer as Partial<SendingMethods>;
  return { send, sendSync, invoke, postMessage, sendToHost, ...(sendTo && { sendTo }) };
}

/** Puts each method where Electron has it, looking just like Electron's own. */
function replaceMethods(methods: SendingMethods): void {
  for (const [name, method] of Object.entries(methods)) {
    const own = Object.getOwnPropertyDescriptor(ipcRenderer, name);
    const holder = own ? ipcRenderer : Object.getPrototypeOf(ipcRenderer);
    const stock = Object.getOwnPropertyDescriptor(holder, name);
    const look = stock?.value ?? { name, length: method.length };
    Object.defineProperty(method, 'name', { configurable: true, value: look.name });
    Object.defineProperty(method, 'length', { configurable: true, value: look.length });
    const attributes = stock ?? { configurable: true, writable: true };
    Object.defineProperty(holder, name, { ...attributes, value: method });
  }
}

/** What Electron's native side emits with: the channel, the event and the values. */
type FromNative = [channel: string, event: { ports: unknown[] }, ...values: unknown[]];

/**
 * Takes main's private messages out before the application's listeners. `emit` is put into a
 * prototype, since applications see the own properties of `ipcRenderer`; before version 29 that
 * prototype is Node's own, which must stay as it is, so another one goes in between.
 */
function interceptStock(ring: RingRenderer): void {
  const prototype = Object.getPrototypeOf(ipcRenderer);
  const { emit: emitAll } = ipcRenderer;
  const { emit } = {
    emit(this: IpcRenderer, channel: string): boolean {
      // biome-ignore lint/complexity/noArguments: its length has to be 1, as that of Node's
      const [, event, ...message] = arguments as unknown as FromNative;
      // biome-ignore lint/complexity/noArguments: the same, passed on as it is
      if (channel !== PRIVATE_CHANNEL) return Reflect.apply(emitAll, this, arguments);
      // `send` spreads what it carries, `postMessage` carries one value.
      const [first] = message;
      ring.fromStock((Array.isArray(first) ? first : message) as unknown as FromMain, event.ports);
      return true;
    },
  };
  const isNodes = prototype === EventEmitter.prototype;
  const holder = isNodes ? Object.create(prototype) : prototype;
  Object.defineProperty(holder, 'emit', { configurable: true, writable: true, value: emit });
  if (isNodes) Object.setPrototypeOf(ipcRenderer, holder);
}
