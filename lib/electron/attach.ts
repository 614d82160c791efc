import { randomBytes } from 'node:crypto';
import type { WebContents, WebFrameMain } from 'electron';
import { loadNative, type NativeLink, type NativeListener } from '../core/native.ts';
import { LinkTransport } from '../core/transport.ts';
import { FrameLink } from './frame-link.ts';
import type { StockSend } from './hooks.ts';
import type { Sender } from './ipc-event.ts';
import { type FromMain, type JoinAnswer, PRIVATE_CHANNEL } from './pairing.ts';
import { type PathTable, stockPath } from './paths.ts';

/**
 * Bytes of each ring. A message of a quarter of a ring or less travels in one piece; larger ones
 * flow through while both sides copy.
 */
const eventCapacity = 1 << 20;
const replyCapacity = 1 << 20;

/** Longer than any start of a renderer; a token that is not used by then never will be. */
const tokenLifetime = 60_000;

/** A frame that was told where to connect and has not done so yet. */
interface Expected {
  readonly from: Sender;
  readonly frame: WebFrameMain;
  readonly osProcessId: number;
  readonly expires: number;
}

/**
 * Main's side of pairing: one listener for the application, one link per document. A link is
 * joined to its frame by a one-time token, which reached that frame by stock IPC, and by the
 * process id the kernel reports for the socket.
 */
export class Attachments {
  readonly #paths: PathTable;
  readonly #sendStock: StockSend;
  readonly #expected = new Map<string, Expected>();
  readonly #byFrame = new Map<string, FrameLink>();
  /** The same links by Electron's own object, which spares the look-up of its ids. */
  readonly #byObject = new WeakMap<WebFrameMain, FrameLink>();
  #listener: NativeListener | undefined;
  #address = '';

  constructor(paths: PathTable, sendStock: StockSend) {
    this.#paths = paths;
    this.#sendStock = sendStock;
  }

  /**
   * Answers a frame that asks to join.
   *
   * @throws RingwireError `ERR_RINGWIRE_UNSUPPORTED`, or a system error, when main cannot listen
   */
  join(from: Sender, frame: WebFrameMain): JoinAnswer {
    this.#listen();
    const now = Date.now();
    for (const [key, { expires }] of this.#expected) {
      if (expires < now) this.#expected.delete(key);
    }
    const token = randomBytes(loadNative().limits.tokenLength);
    this.#expected.set(token.toString('hex'), {
      from,
      frame,
      osProcessId: frame.osProcessId,
      expires: now + tokenLifetime,
    });
    return { address: this.#address, token: Uint8Array.from(token) };
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

  /** A frame has begun to show another document: nothing more goes to the old one. */
  documentChanged(processId: number, frameId: number, frame: WebFrameMain | undefined): void {
    const key = keyOf(processId, frameId);
    const old = [this.#byFrame.get(key), frame && this.#byObject.get(frame)];
    for (const link of old) link?.retire();
    this.#byFrame.delete(key);
    if (frame) this.#byObject.delete(frame);
    this.#paths.set(processId, frameId, stockPath('not-joined'));
  }

  /** The window is gone, and with it all of its frames. */
  webContentsDestroyed(webContents: WebContents): void {
    for (const link of this.#byFrame.values()) {
      if (link.from.webContents === webContents) link.close();
    }
  }

  #listen(): void {
    if (this.#listener) return;
    const native = loadNative();
    native.useGlib(process.env.RINGWIRE_LOOP !== 'uv');
    const address = `ringwire/electron/${process.pid}/${randomBytes(16).toString('hex')}`;
    this.#listener = native.listen(address, {
      eventCapacity,
      replyCapacity,
      authorize: (token, processId) => this.#authorize(token, processId),
      onLink: (link, token) => this.#attach(link, token),
    });
    this.#address = address;
  }

  #authorize(token: Uint8Array, processId: number): boolean {
    const expected = this.#expected.get(Buffer.from(token).toString('hex'));
    return expected !== undefined && expected.osProcessId === processId;
  }

  #attach(native: NativeLink, token: Uint8Array): void {
    const key = Buffer.from(token).toString('hex');
    const expected = this.#expected.get(key);
    this.#expected.delete(key);
    if (!expected || expected.from.webContents.isDestroyed()) {
      native.close();
      return;
    }
    const { from, frame } = expected;
    const { processId, frameId } = from;
    const frameKey = keyOf(processId, frameId);
    const link = new FrameLink(new LinkTransport(native), from);
    this.#byFrame.get(frameKey)?.retire();
    this.#byFrame.set(frameKey, link);
    this.#byObject.set(frame, link);
    this.#paths.set(processId, frameId, { path: 'ring' });
    // Behind everything that went by stock IPC until now, before anything goes by the ring.
    this.#sendStock(frame, PRIVATE_CHANNEL, ['up'] satisfies FromMain);
    link.start((reason) => {
      if (this.#byFrame.get(frameKey) !== link) return;
      this.#byFrame.delete(frameKey);
      this.#paths.set(processId, frameId, stockPath('closed', reason.message));
    });
  }
}

function keyOf(processId: number, frameId: number): string {
  return `${processId}:${frameId}`;
}
