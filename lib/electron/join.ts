/**
 * The renderer's half of ringwire: runs in the session preload of a frame that may load native
 * code, before any script of the application. Pairs the frame with main and puts the ring under
 * the methods of `ipcRenderer`; when that cannot be, says why to main and changes nothing.
 */
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
  ring.start();
  // Electron's loop learns of new descriptors when it next runs libuv; this makes it do so.
  setImmediate(() => {});
}

/** `senderIsMainFrame` came to version 25 in the middle of 2023, after 25.1. */
function tellsMainFrame(): boolean {
  const [major = 0, minor = 0] = (process.versions.electron ?? '').split('.').map(Number);
  return major > 25 || (major === 25 && minor > 2);
}

/** Emits as Electron's native side does: an exception is reported and ends this event only. */
function emit(channel: string, event: object, args: unknown[]): void {
  try {
    ipcRenderer.emit(channel, event, ...args);
  } catch (error) {
    reportError(error);
  }
}

function pickMethods(): SendingMethods {
  const { send, sendSync, invoke, postMessage, sendToHost } = ipcRenderer;
  const { sendTo } = ipcRenderer as Partial<SendingMethods>;
  return { send, sendSync, invoke, postMessage, sendToHost, ...(sendTo && { sendTo }) };
}

/** Puts each method where Electron has it, own property or prototype, with the same attributes. */
function replaceMethods(methods: SendingMethods): void {
  for (const [name, value] of Object.entries(methods)) {
    const own = Object.getOwnPropertyDescriptor(ipcRenderer, name);
    const holder = own ? ipcRenderer : Object.getPrototypeOf(ipcRenderer);
    const attributes = Object.getOwnPropertyDescriptor(holder, name) ?? {
      configurable: true,
      writable: true,
    };
    Object.defineProperty(holder, name, { ...attributes, value });
  }
}

/** Takes main's private messages out before the application's listeners; `emit` stays callable. */
function interceptStock(ring: RingRenderer): void {
  const { emit: emitAll } = ipcRenderer;
  Object.defineProperty(ipcRenderer, 'emit', {
    configurable: true,
    writable: true,
    value(this: IpcRenderer, channel: string, ...args: unknown[]): boolean {
      if (channel !== PRIVATE_CHANNEL) return emitAll.call(this, channel, ...args);
      const [event, ...message] = args as [{ ports: unknown[] }, ...unknown[]];
      // `send` spreads what it carries, `postMessage` carries one value.
      const [first] = message;
      ring.fromStock((Array.isArray(first) ? first : message) as FromMain, event.ports);
      return true;
    },
  });
}
