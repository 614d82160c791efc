import { Buffer } from 'node:buffer';
import { type WebFrameMain, webContents } from 'electron';
import { nativeAddon } from '../../../core/native.ts';
import { type ExpectedSender, type Introduction, PRIVATE_CHANNEL } from '../../protocol.ts';
import type { SendAnswer } from '../dispatch/reply-channel.ts';
import { warnOfStock } from '../warning.ts';
import type { FrameLink } from './frame-link.ts';

/** Introductions that one frame may wait for; what it sends beyond them goes by stock IPC. */
const mostPending = 256;

/** A link that its target has been asked to accept. */
interface Pending {
  readonly from: FrameLink;
  readonly target: FrameLink;
  readonly answer: SendAnswer;
  readonly introduction: Introduction;
}

/**
 * Introduces two frames to each other for `sendTo`. Main tells the target who will connect with
 * which token, so no sender can pretend to be another one. Messages then go from frame to frame,
 * without main.
 */
export class SendToBroker {
  readonly #linkOf: (frame: WebFrameMain) => FrameLink | undefined;
  readonly #newAddress: () => string;
  readonly #pending = new Map<string, Pending>();
  /** Where each target listens for senders. */
  readonly #addresses = new WeakMap<FrameLink, string>();

  /** `newAddress` names a socket that frames may listen on. */
  constructor(linkOf: (frame: WebFrameMain) => FrameLink | undefined, newAddress: () => string) {
    this.#linkOf = linkOf;
    this.#newAddress = newAddress;
  }

  /**
   * `from` wants to send to the main frame of a WebContents. Answers null when it cannot. Nothing
   * in the request is trusted.
   */
  introduce(from: FrameLink, request: readonly unknown[], answer: SendAnswer): void {
    const [, webContentsId, afterStock] = request;
    const contents =
      typeof webContentsId === 'number' ? webContents.fromId(webContentsId) : undefined;
    const target = contents && !contents.isDestroyed() && this.#linkOf(contents.mainFrame);
    const tooMany = this.#pendingOf(from) >= mostPending;
    if (tooMany) warnOfStock('sendTo stays', `A frame waits for ${mostPending} introductions.`);
    if (!target || tooMany) {
      answer(null);
      return;
    }
    const token = Buffer.from(nativeAddon().randomBytes(32)).toString('hex');
    const address = this.#addressOf(target);
    this.#pending.set(token, { from, target, answer, introduction: { address, token } });
    if (afterStock === true) target.fence();
    target.trySend(PRIVATE_CHANNEL, ['accept', expectedSender(from, address, token)]);
  }

  /** Whether a target listens now, and knows the token. */
  accepting(target: FrameLink, token: unknown, listening: unknown): void {
    const pending = this.#pending.get(token as string);
    if (pending?.target !== target) return;
    this.#pending.delete(token as string);
    pending.answer(listening === true ? pending.introduction : null);
  }

  /** One of the two is gone. A sender that waits for its target uses stock IPC. */
  ended(link: FrameLink): void {
    for (const [token, { from, target, answer }] of this.#pending) {
      if (from !== link && target !== link) continue;
      this.#pending.delete(token);
      if (from !== link) answer(null);
    }
  }

  #pendingOf(link: FrameLink): number {
    return [...this.#pending.values()].filter(({ from }) => from === link).length;
  }

  #addressOf(target: FrameLink): string {
    const known = this.#addresses.get(target);
    if (known !== undefined) return known;
    const address = this.#newAddress();
    this.#addresses.set(target, address);
    return address;
  }
}

function expectedSender(from: FrameLink, address: string, token: string): ExpectedSender {
  const { webContents: sender, osProcessId, processId, frameId } = from.from;
  const { mainFrame } = sender;
  return {
    address,
    token,
    osProcessId,
    senderId: sender.id,
    senderIsMainFrame: mainFrame.processId === processId && mainFrame.routingId === frameId,
  };
}
