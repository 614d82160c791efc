import { randomBytes } from 'node:crypto';
import { type WebContents, type WebFrameMain, webFrameMain } from 'electron';
import type { RingwireError } from '../../../core/errors.ts';
import { loadNative, type NativeLink, type NativeListener } from '../../../core/native.ts';
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
import { SendToBroker } from './send-to-broker.ts';

/**
 * Bytes of each ring. A message of a quarter of a ring or less travels in one piece; larger ones
 * flow through while both sides copy. The pieces stay in the processor's cache: 1 MB there and back
 * takes 2.9 ms where rings of 1 MiB took 3.2, and a window costs 772 KiB of memory instead of 4 MiB.
 * Answers fare as well with half of it: their caller reads while they are written.
 */
const eventCapacity = 1 << 18;
const replyCapacity = 1 << 17;

/** Milliseconds. Longer than any start of a renderer; a token unused by then never will be. */
const tokenLifetime = 60_000;

/**
 * Connections of one frame that may live at a time. One document has one, and a former one keeps its
 * own until all it sent is read; only a hostile renderer comes near this.
 */
const linksPerFrame = 16;

/** Stock messages that wait for a frame to connect. It does so at once, so there are hardly any. */
const carriedPerFrame = 256;

/** What attachments need of the rest of main. */
export interface AttachmentsOptions {
  readonly paths: PathTable;
  readonly dispatchOf: (from: Sender) => Dispatch;
  readonly dispatcher: ElectronDispatcher;
  readonly codec: CodecName;
  readonly sendStock: StockSend;
}

/** A frame that was told where to connect and has not done so yet. */
interface Expected {
  readonly from: Sender;
  readonly expires: number;
  /** What came by stock IPC meanwhile: the frame has its end of the link before main has. */
  readonly carried: PrivateMessage[];
  /** Tells its `up` from those of the frame's other documents. */
  readonly document: number;
  /** Whether the frame has begun to show another document. */
  left: boolean;
}

/**
 * Main's side of pairing: one listener for the application, one link per document. A link is
 * joined to its frame by a one-time token, which reached that frame by stock IPC, and by the
 * process id the kernel reports for the socket.
 */
export class Attachments {
  readonly #options: AttachmentsOptions;
  readonly #broker = new SendToBroker(
    (frame) => this.linkOf(frame),
    () => this.#listening?.rename(newName()) ?? newName(),
  );
  readonly #expected = new Map<string, Expected>();
  readonly #links = new Set<FrameLink>();
  readonly #byFrame = new Map<string, FrameLink>();
  /** The same links by Electron's own object, which spares the look-up of its ids. */
  readonly #byObject = new WeakMap<WebFrameMain, FrameLink>();
  readonly #loads = new Loads();
  #listening: Listening<NativeListener> | undefined;
  #documents = 0;

  constructor(options: AttachmentsOptions) {
    this.#options = options;
  }

  /**
   * Answers a frame that asks to join.
   *
   * @throws RingwireError `ERR_RINGWIRE_UNSUPPORTED`, or a system error, when main cannot listen
   */
  join(webContents: WebContents, frame: WebFrameMain, event: StockEvent): JoinAnswer {
    this.#listening ??= this.#listen();
    const now = Date.now();
    const from = senderOf(webContents, frame, event);
    if (this.#livingOf(from) >= linksPerFrame) return this.#refuse(from);
    // Of those that never came, and of a document that this one has replaced.
    this.#expectNoMore((other) => other.expires < now || isOneFrame(other.from, from));
    const token = randomBytes(loadNative().limits.tokenLength);
    // Of some documents, such as the page of an error, nothing else tells that they have begun.
    this.#retire(keyOf(from.processId, from.frameId), frame);
    const document = ++this.#documents;
    const expected = { from, expires: now + tokenLifetime, carried: [], document, left: false };
    this.#expected.set(token.toString('hex'), expected);
    return {
      address: this.#listening.address,
      token: Uint8Array.from(token),
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

  /** A message that came by stock IPC, and has its place in the ring of its frame. */
  carry(message: PrivateMessage): void {
    const { processId, frameId } = message.event;
    const link = this.linkOfSender(processId, frameId);
    if (link) {
      link.carry(message);
      return;
    }
    const joining = [...this.#expected.values()].filter(
      ({ from }) => from.processId === processId && from.frameId === frameId,
    );
    const latest = joining.at(-1);
    if (latest && latest.carried.length >= carriedPerFrame) {
      this.#expectNoMore((other) => other === latest);
    }
    if (latest && latest.carried.length < carriedPerFrame) latest.carried.push(message);
    else releaseWrapped(this.#options.dispatcher, message);
  }

  /** A frame has begun to show another document: nothing more goes to the old one. */
  documentChanged(webContents: WebContents, processId: number, frameId: number): void {
    this.#loads.commit(webContents, processId, frameId);
    this.#retire(keyOf(processId, frameId), webFrameMain.fromId(processId, frameId));
    this.#options.paths.set(processId, frameId, stockPath('not-joined'));
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

  /** Something that the frames of a window sent by stock IPC comes after what is in their rings. */
  drain(webContents: WebContents): void {
    for (const link of this.#links) {
      if (link.from.webContents === webContents) link.drain();
    }
  }

  /** The window is gone, and with it all of its frames. */
  webContentsDestroyed(webContents: WebContents): void {
    this.#expectNoMore(({ from }) => from.webContents === webContents);
    for (const link of this.#links) {
      if (link.from.webContents !== webContents) continue;
      link.close();
      this.#forget(link);
    }
  }

  #livingOf(from: Sender): number {
    let living = 0;
    for (const link of this.#links) if (isOneFrame(link.from, from)) living++;
    return living;
  }

  /** Its older connections are still read: to end them would lose what they hold. */
  #refuse({ processId, frameId }: Sender): JoinAnswer {
    const detail = `Its frame has ${linksPerFrame} connections that have not ended.`;
    this.#options.paths.set(processId, frameId, stockPath('refused', detail));
    warnOfStock('a window stays', detail);
    return { reason: 'refused' };
  }

  /** Forgets frames that will not connect; what they sent by stock IPC has nothing to wait for. */
  #expectNoMore(gone: (expected: Expected) => boolean): void {
    for (const [token, expected] of this.#expected) {
      if (!gone(expected)) continue;
      this.#expected.delete(token);
      for (const message of expected.carried) releaseWrapped(this.#options.dispatcher, message);
    }
  }

  #listen(): Listening<NativeListener> {
    return listenAllowed(newName(), (address) =>
      loadNative().listen(address, {
        eventCapacity,
        replyCapacity,
        authorize: (token, processId) =>
          this.#expected.get(hex(token))?.from.osProcessId === processId,
        onLink: (link, token) => this.#attach(link, hex(token)),
      }),
    );
  }

  #attach(native: NativeLink, token: string): void {
    const expected = this.#expected.get(token);
    this.#expected.delete(token);
    if (!expected || expected.from.webContents.isDestroyed()) {
      native.close();
      return;
    }
    const { from, carried, document, left } = expected;
    const { frame } = from;
    const { codec, dispatchOf, dispatcher, sendStock } = this.#options;
    const link = new FrameLink(new LinkTransport(native), codec, from, {
      dispatch: dispatchOf(from),
      dispatcher,
      request: (sender, args, answer) => this.#request(sender, args, answer),
      notice: (sender, args) => {
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
    // What it has sent is still read.
    if (left) link.retire();
    else this.#bringUp(link, document);
    for (const message of carried) link.carry(message);
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
    for (const expected of this.#expected.values()) {
      const { processId, frameId } = expected.from;
      if (keyOf(processId, frameId) === key) expected.left = true;
    }
    this.#byFrame.get(key)?.retire();
    this.#byFrame.delete(key);
    if (!frame) return;
    this.#byObject.get(frame)?.retire();
    this.#byObject.delete(frame);
  }

  #request(from: FrameLink, args: readonly unknown[], answer: SendAnswer): void {
    if (args[0] === 'introduce') this.#broker.introduce(from, args[1], answer);
    else answer(null);
  }

  #ended(link: FrameLink, reason: RingwireError): void {
    const { processId, frameId } = link.from;
    if (this.#forget(link)) {
      this.#options.paths.set(processId, frameId, stockPath('closed', reason.message));
    }
  }

  /** Returns whether it was the link of the document that its frame shows. */
  #forget(link: FrameLink): boolean {
    this.#links.delete(link);
    this.#broker.ended(link);
    const key = keyOf(link.from.processId, link.from.frameId);
    return this.#byFrame.get(key) === link && this.#byFrame.delete(key);
  }
}

/** The name of a new socket; its 22 random letters leave room for what a system wants before it. */
function newName(): string {
  return `ringwire/electron/${process.pid}/${randomBytes(16).toString('base64url')}`;
}

function isOneFrame(a: Sender, b: Sender): boolean {
  return a.processId === b.processId && a.frameId === b.frameId;
}

function hex(token: Uint8Array): string {
  return Buffer.from(token).toString('hex');
}
