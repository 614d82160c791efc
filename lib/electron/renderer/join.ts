/**
 * The renderer's half of ringwire: runs in the session preload of a frame that may load native
 * code, before any script of the application. Pairs the frame with main and puts the ring under
 * the methods of `ipcRenderer`; when that cannot be, says why to main and changes nothing.
 */
import { setImmediate } from 'node:timers';
import { ipcRenderer } from 'electron';
import { isFailure, loadNative, type NativeFailure, type NativeLink } from '../../core/native.ts';
import { failureError, LinkTransport } from '../../core/transport.ts';
import {
  type AcceptingNotice,
  type Invitation,
  type JoinAnswer,
  type JoinRequest,
  PRIVATE_CHANNEL,
  type StayNotice,
  type StockReason,
} from '../protocol.ts';
import { emit, emitterFromMain, interceptPrivate, pickMethods, replaceMethods } from './hooks.ts';
import { setRendererPath } from './path.ts';
import { ringMethods } from './ring-methods.ts';
import { RingRenderer } from './ring-renderer.ts';
import { SendToLinks } from './send-to-links.ts';
import { SendToListener } from './send-to-listener.ts';

/** Milliseconds for main to notice the connection; it may be starting other windows meanwhile. */
const connectTimeout = 10_000;

join();

function join(): void {
  const answer = ipcRenderer.sendSync(
    PRIVATE_CHANNEL,
    ...(['join'] satisfies JoinRequest),
  ) as JoinAnswer | null;
  if (!isJoinAnswer(answer)) {
    stay('unsupported', `main has answered ${JSON.stringify(answer)}`);
    return;
  }
  if ('reason' in answer) {
    setRendererPath({ path: 'stock', reason: answer.reason });
    return;
  }
  let link: NativeLink | NativeFailure;
  try {
    link = loadNative().connectSync(answer.address, answer.token, connectTimeout);
  } catch (error) {
    stay('unsupported', (error as Error).message);
    return;
  }
  if (isFailure(link)) stay('refused', failureError(link, 'connect to main').message);
  else switchOver(link, answer);
}

/** Null where the window is going away; anything else where no ringwire has answered. */
function isJoinAnswer(answer: JoinAnswer | null): answer is JoinAnswer {
  return (
    answer !== null && typeof answer === 'object' && ('reason' in answer || 'address' in answer)
  );
}

function stay(reason: StockReason, detail: string): void {
  setRendererPath({ path: 'stock', reason, detail });
  ipcRenderer.send(PRIVATE_CHANNEL, ...(['stay', reason, detail] satisfies StayNotice));
}

function switchOver(link: NativeLink, { codec, document }: Invitation): void {
  const stock = pickMethods();
  // Asked now: without context isolation Electron takes `process` away once preloads have run.
  const mainFrameIsTold = tellsMainFrame();
  const fromPeers = new SendToListener(codec, (peer, channel, args) => {
    const { senderId, senderIsMainFrame } = peer;
    const from = mainFrameIsTold ? { senderId, senderIsMainFrame } : { senderId };
    emit(channel, { sender: ipcRenderer, ...from, ports: [] }, args);
  });
  const ring = new RingRenderer(new LinkTransport(link), codec, {
    document,
    emit: emitterFromMain(stock),
    acceptPeer(peer) {
      const listening = fromPeers.announce(peer);
      ring.tell(['accepting', peer.token, listening] satisfies AcceptingNotice);
    },
    ended: ({ message }) => setRendererPath({ path: 'stock', reason: 'closed', detail: message }),
  });
  interceptPrivate((message, ports) => ring.fromStock(message, ports));
  const peers = new SendToLinks(ring, codec, stock.sendTo);
  replaceMethods(ringMethods(ring, peers, stock));
  setRendererPath({ path: 'ring' });
  // Electron emits this when it takes the document's Node.js away. Ticks still run after it, so
  // what the application's own listeners of it send goes by the ring, too.
  process.once('exit', () => {
    process.nextTick(() => {
      peers.release();
      ring.release();
    });
  });
  ring.start();
  // Electron's loop learns of new descriptors when it next runs libuv; this makes it do so.
  setImmediate(() => {});
}

/** `senderIsMainFrame` came in the middle of 2023, with 25.4. */
function tellsMainFrame(): boolean {
  const [major = 0, minor = 0] = (process.versions.electron ?? '').split('.').map(Number);
  return major > 25 || (major === 25 && minor > 3);
}
