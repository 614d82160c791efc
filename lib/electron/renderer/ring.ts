/**
 * The renderer's half of ringwire, built into one file. The session preload loads it in a frame
 * that main has invited, before any script of the application. Links the frame with main and puts
 * the ring under the methods of `ipcRenderer`.
 */
import { ipcRenderer } from 'electron';
import { askForExperimental } from '../../core/experimental.ts';
import { isFailure, type NativeAddon, type NativeLink, setNativeAddon } from '../../core/native.ts';
import { createSharedBuffer } from '../../core/shared-buffer.ts';
import { failureError, LinkTransport } from '../../core/transport.ts';
import {
  type AcceptingNotice,
  type DrainedNotice,
  type Invitation,
  PRIVATE_CHANNEL,
} from '../protocol.ts';
import { FrameTasks } from './frame-tasks.ts';
import { emit, emitterFromMain, interceptPrivate, pickMethods, replaceMethods } from './hooks.ts';
import { setRendererPath } from './path.ts';
import { ringMethods } from './ring-methods.ts';
import { RingRenderer } from './ring-renderer.ts';
import { SendToLinks } from './send-to-links.ts';
import { SendToListener } from './send-to-listener.ts';
import { offerSharedBuffers } from './shared-buffer.ts';

/** Milliseconds for main to notice the connection; it may be starting other windows meanwhile. */
const connectTimeout = 10_000;

/**
 * Connects with main. Returns what {@link switchOver} needs, or why there is no link. A platform that main
 * invites on is one that it was asked to use: so it is for `listen` and `connect` in this frame.
 */
export function connect(addon: NativeAddon, { address, token }: Invitation): NativeLink | Error {
  askForExperimental();
  const link = setNativeAddon(addon).connectSync(address, token, connectTimeout);
  return isFailure(link) ? failureError(link, 'connect to main') : link;
}

/** Lets the frame's messages go by its ring from now on. */
export function switchOver(link: NativeLink, { codec, document }: Invitation): void {
  const stock = pickMethods();
  const tasks = window === window.top ? undefined : new FrameTasks();
  // Asked now: without context isolation Electron takes `process` away once preloads have run.
  const mainFrameIsTold = tellsMainFrame();
  const sendToListener = new SendToListener(codec, (sender, channel, args) => {
    const { senderId, senderIsMainFrame } = sender;
    const from = mainFrameIsTold ? { senderId, senderIsMainFrame } : { senderId };
    const deliver = () => emit(channel, { sender: ipcRenderer, ...from, ports: [] }, args);
    if (tasks) tasks.event(deliver);
    else deliver();
  });
  const emitFromMain = emitterFromMain(stock);
  const ring = new RingRenderer(new LinkTransport(link), codec, {
    document,
    emit: tasks ? (...event) => tasks.event(() => emitFromMain(...event)) : emitFromMain,
    tasks,
    expectSender(sender) {
      const listening = sendToListener.announce(sender);
      ring.tell(['accepting', sender.token, listening] satisfies AcceptingNotice);
    },
    drained(wakeUps) {
      sendToListener.drain();
      sendToLinks.standIn();
      stock.send(PRIVATE_CHANNEL, ...(['drained', wakeUps] satisfies DrainedNotice));
    },
    ended: ({ message }) => setRendererPath({ path: 'stock', reason: 'closed', detail: message }),
  });
  interceptPrivate((message, ports) => ring.fromStock(message, ports));
  const sendToLinks = new SendToLinks(ring, codec, stock);
  replaceMethods(ringMethods(ring, sendToLinks, stock));
  offerSharedBuffers(createSharedBuffer);
  setRendererPath({ path: 'ring' });
  // Electron emits this when it takes the document's Node.js away. Ticks still run after it, so
  // what the application's own listeners of it send goes by the ring, too.
  process.once('exit', () => {
    ring.drain();
    process.nextTick(() => {
      sendToLinks.release();
      ring.release();
    });
  });
  ring.start();
}

/** `senderIsMainFrame` came in the middle of 2023, with 25.4. */
function tellsMainFrame(): boolean {
  const [major = 0, minor = 0] = (process.versions.electron ?? '').split('.').map(Number);
  return major > 25 || (major === 25 && minor > 3);
}
