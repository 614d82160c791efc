import { Buffer } from 'node:buffer';
import { type WebContents, type WebFrameMain, webFrameMain } from 'electron';
import type { RingwireError } from '../../../core/errors.ts';
import { nativeFile } from '../../../core/load-native.ts';
import { type NativeLink, type NativeListener, nativeAddon } from '../../../core/native.ts';
import { builtFile } from '../../../core/package-root.ts';
import { type Listening, listenAllowed } from '../../../core/socket-names.ts';
import { LinkTransport } from '../../../core/transport.ts';
import { type CodecName, type FromMain, type JoinAnswer, PRIVATE_CHANNEL } from '../../protocol.ts';
import type { Dispatch } from '../dispatch/dispatch.ts';
import { type Sender, senderOf } from '../dispatch/ipc-event.ts';
import type { SendAnswer } from '../dispatch/reply-channel.ts';
import { releaseWrapped } from '../dispatch/wrapped-message.ts';
import type { ElectronDispatcher, StockSend } from '../hooks/hooks.ts';
import type { PrivateMessage, StockEvent } from '../hooks/private-events.ts';
import { type PathTable, stockPath } from '../paths.ts';
import { warnOfStock } from '../warning.ts';
import { keyOf } from './frame-key.ts';
import { FrameLink } from './frame-link.ts';
import { Loads } from './loads.ts';
import { type PendingJoin, PendingJoins } from './pending-joins.ts';
import { SendToBroker } from './send-to-broker.ts';

/**
 * Bytes of each ring. A message of up to a quarter of a ring travels in one piece; a larger one
 * flows through while both sides copy. Rings this small stay in the processor's cache, and 1 MB
 * takes no longer than with larger ones. Answers need half of it: their caller reads while they are
 * written.
 */
const eventCapacity = 1 << 18;
const replyCapacity = 1 << 17;

/**
 * Connections of one frame that may live at a time. One document has one, and a former one keeps its
 * own until all it sent is read; only a hostile renderer comes near this.
 */
const linksPerFrame = 16;

/**
 * Connections of one process that may live at a time: those of removed frames, too, which a hostile
 * renderer can make and remove without end. On Linux each costs four descriptors.
 */
const linksPerProcess = 1024;

/** What attachments need of the rest of main. */
export interface AttachmentsOptions {
  readonly paths: PathTable;
  readonly dispatchOf: (from: Sender) => Dispatch;
  readonly dispatcher: ElectronDispatcher;
  readonly codec: CodecName;
  readonly sendStock: StockSend;
}

/**
 * Main's side of joining: one listener for the application, one link per document. Two things tell
 * which frame a link belongs to: a one-time token, which that frame got by stock IPC, and the
 * process id that the kernel reports for the socket.
 */
export class Attachments {
  readonly #options: AttachmentsOptions;
  readonly #broker = new SendToBroker(
    (frame) => this.linkOf(frame),
    () => this.#listening?.rename(newName()) ?? newName(),
  );
  readonly #pending: PendingJoins;
  readonly #links = new Set<FrameLink>();
  readonly #byFrame = new Map<string, FrameLink>();
  /** The same links by Electron's own object, which is faster than by ids. */
  readonly #byObject = new WeakMap<WebFrameMain, FrameLink>();
  readonly #loads = new Loads();
  #listening: Listening<NativeListener> | undefined;
  #documents = 0;

  constructor(options: AttachmentsOptions) {
    this.#options = options;
    this.#pending = new PendingJoins((message) => releaseWrapped(options.dispatcher, message));
  }

  /**
   * Answers a frame that asks to join.
   *
   * @throws RingwireError `ERR_RINGWIRE_UNSUPPORTED`, or a system error, when main cannot listen
   */
  join(webContents: WebContents, frame: WebFrameMain, event: StockEvent): JoinAnswer {
    this.#listening ??= this.#listen();
    const from = senderOf(webContents, frame, event);
    const excess = this.#excessOf(from);
    if (excess !== undefined) return this.#refuse(from, excess);
    this.#pending.dropOlder(from);
    // For some documents, such as an error page, no event says that they have begun.
    this.#retire(keyOf(from.processId, from.frameId), frame);
    const document = ++this.#documents;
    return {
      addon: nativeFile(),
      script: builtFile('ring.cjs'),
      address: this.#listening.address,
      token: this.#pending.add(from, document),
      codec: this.#options.codec,
      document,
    };
  }

  /** The open link of the document that a frame shows now. */
  linkOf(frame: WebFrameMain): FrameLink | undefined {
    const link = this.#byObject.get(frame);
    if (link?.open) return link;
    const known = this.#byFrame.get(keyOf(frame.processId, frame.routingId));
    if (!known?.open) return undefined;
    this.#byObject.set(frame, known);
    return known;
  }

  /** The link that a stock message of this frame belongs to. */
  linkOfSender(processId: number, frameId: number): FrameLink | undefined {
    return this.#byFrame.get(keyOf(processId, frameId));
  }

  /** A message that came by stock IPC, and whose place is in the ring of its frame. */
  receiveOutOfBand(message: PrivateMessage): void {
    const { processId, frameId } = message.event;
    const link = this.linkOfSender(processId, frameId);
    if (link) {
      link.receiveOutOfBand(message);
      return;
    }
    if (!this.#pending.addOutOfBand(message)) releaseWrapped(this.#options.dispatcher, message);
  }

  /** A frame has begun to show another document: nothing more goes to the old one. */
  documentChanged(webContents: WebContents, processId: number, frameId: number): void {
    this.#loads.commit(webContents, processId, frameId);
    this.#retire(keyOf(processId, frameId), webFrameMain.fromId(processId, frameId));
    this.#options.paths.set(
      processId,
      frameId,
      stockPath('not-joined', 'its preload has not connected yet'),
    );
  }

  /** A frame begins to load another document. */
  navigates(webContents: WebContents, processId: number, frameId: number): void {
    this.#loads.begin(webContents, processId, frameId);
    const link = this.linkOfSender(processId, frameId);
    if (link) link.outbox.loading = true;
  }

  /** A window has stopped loading: documents that are still there stay. */
  loadsEnded(webContents: WebContents): void {
    this.#loads.end(webContents);
    for (const link of this.#links) {
      if (link.from.webContents === webContents) link.outbox.loading = false;
    }
  }

  /** A load of a frame has failed: if that changed its process, it shows the page of the error. */
  loadFailed(processId: number, frameId: number): void {
    const frame = webFrameMain.fromId(processId, frameId);
    const link = frame && this.#byObject.get(frame);
    if (!link || keyOf(link.from.processId, link.from.frameId) === keyOf(processId, frameId))
      return;
    this.#retire(keyOf(processId, frameId), frame);
  }

  /**
   * Delivers what is in the rings of a window, because something that its frames did later is about
   * to happen.
   */
  drain(webContents: WebContents): void {
    for (const link of this.#links) {
      if (link.from.webContents === webContents) link.drain();
    }
  }

  /** The window is gone, and with it all of its frames. */
  webContentsDestroyed(webContents: WebContents): void {
    this.#pending.drop(({ from }) => from.webContents === webContents);
    for (const link of this.#links) {
      if (link.from.webContents !== webContents) continue;
      link.close();
      this.#forget(link);
    }
  }

  /** Who has as many connections as may live; undefined: nobody. */
  #excessOf(from: Sender): string | undefined {
    let [ofFrame, ofProcess] = [0, 0];
    for (const { from: other } of this.#links) {
      if (other.osProcessId === from.osProcessId) ofProcess++;
      if (other.processId === from.processId && other.frameId === from.frameId) ofFrame++;
    }
    if (ofFrame >= linksPerFrame) return `Its frame has ${linksPerFrame} connections`;
    if (ofProcess >= linksPerProcess) return `Its process has ${linksPerProcess} connections`;
    return undefined;
  }

  /** Its older connections are still read: to end them would lose what they hold. */
  #refuse({ processId, frameId }: Sender, excess: string): JoinAnswer {
    const detail = `${excess} that have not ended.`;
    this.#options.paths.set(processId, frameId, stockPath('refused', detail));
    warnOfStock('a window stays', detail);
    return { reason: 'refused' };
  }

  #listen(): Listening<NativeListener> {
    return listenAllowed(newName(), (address) =>
      nativeAddon().listen(address, {
        eventCapacity,
        replyCapacity,
        authorize: (token, processId) => this.#pending.authorize(token, processId),
        onLink: (link, token) => this.#attach(link, this.#pending.take(token)),
      }),
    );
  }

  #attach(native: NativeLink, pending: PendingJoin | undefined): void {
    if (!pending || pending.from.webContents.isDestroyed()) {
      native.close();
      return;
    }
    const { from, outOfBand, document, left } = pending;
    const { frame } = from;
    const { codec, dispatchOf, dispatcher, sendStock } = this.#options;
    const link = new FrameLink(new LinkTransport(native), codec, from, {
      dispatch: dispatchOf(from),
      dispatcher,
      request: (sender, args, answer) => this.#request(sender, args, answer),
      notice: (sender, args) => {
        if (args[0] === 'begun') sender.outbox.begun = true;
        if (args[0] === 'accepting') this.#broker.accepting(sender, args[1], args[2]);
      },
      loading: this.#loads.has(from.webContents, from.frameTreeNodeId),
      sendStock: (message) => sendStock(frame, PRIVATE_CHANNEL, message),
      settleByStock: (id, answer) => {
        try {
          sendStock(frame, PRIVATE_CHANNEL, ['settle', id, answer] satisfies FromMain);
          return true;
        } catch {
          return false;
        }
      },
      ended: (ended, reason) => this.#ended(ended, reason),
    });
    this.#links.add(link);
    // Main still reads what it has sent.
    if (left) link.retire();
    else this.#bringUp(link, document);
    for (const message of outOfBand) link.receiveOutOfBand(message);
    link.start();
  }

  /** From here on what main sends to the document goes by its ring. */
  #bringUp(link: FrameLink, document: number): void {
    const { from } = link;
    const key = keyOf(from.processId, from.frameId);
    this.#byFrame.get(key)?.retire();
    try {
      // Behind everything that went by stock IPC until now, before anything goes by the ring.
      this.#options.sendStock(from.frame, PRIVATE_CHANNEL, ['up', document] satisfies FromMain);
    } catch {
      // The frame is gone, and its window may not know yet.
      link.retire();
      return;
    }
    this.#byFrame.set(key, link);
    this.#byObject.set(from.frame, link);
    this.#options.paths.set(from.processId, from.frameId, { path: 'ring' });
  }

  #retire(key: string, frame: WebFrameMain | undefined): void {
    this.#pending.leave(key);
    this.#byFrame.get(key)?.retire();
    this.#byFrame.delete(key);
    if (!frame) return;
    this.#byObject.get(frame)?.retire();
    this.#byObject.delete(frame);
  }

  #request(from: FrameLink, args: readonly unknown[], answer: SendAnswer): void {
    if (args[0] === 'introduce') this.#broker.introduce(from, args, answer);
    else answer(null);
  }

  #ended(link: FrameLink, reason: RingwireError): void {
    const { processId, frameId } = link.from;
    if (reason.code === 'ERR_RINGWIRE_CORRUPT') warnOfStock('a window stays', reason.message);
    if (this.#forget(link)) {
      this.#options.paths.set(processId, frameId, stockPath('closed', reason.message));
    }
  }

  /** Returns whether it was the link of the document that its frame shows. */
  #forget(link: FrameLink): boolean {
    this.#links.delete(link);
    this.#broker.ended(link);
    for (const other of this.#links) {
      if (other.open && other.from.osProcessId === link.from.osProcessId) other.loopDoubt.raise();
    }
    const key = keyOf(link.from.processId, link.from.frameId);
    return this.#byFrame.get(key) === link && this.#byFrame.delete(key);
  }
}

/**
 * The name of a new socket. Its 22 random letters leave room for a prefix that the system may
 * demand.
 */
function newName(): string {
  return `ringwire/electron/${process.pid}/${Buffer.from(nativeAddon().randomBytes(16)).toString('base64url')}`;
}
