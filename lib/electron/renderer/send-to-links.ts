import { Buffer } from 'node:buffer';
import { MessageKind } from '../../core/message-head.ts';
import { isFailure, type NativeFailure, type NativeLink, nativeAddon } from '../../core/native.ts';
import { LinkTransport } from '../../core/transport.ts';
import { cloneError, isEnd, leaveToStock, Messenger } from '../messenger.ts';
import {
  type CodecName,
  type IntroduceRequest,
  type Introduction,
  PRIVATE_CHANNEL,
  type StockFence,
} from '../protocol.ts';
import { snapshot } from '../snapshot.ts';
import type { SendingMethods } from './hooks.ts';
import type { RingRenderer } from './ring-renderer.ts';

/** A message that waits until its target is connected. */
interface Waiting {
  readonly channel: string;
  readonly args: readonly unknown[];
}

/** The way to one target: messages that wait for it, or the link. */
interface Target {
  waiting: Waiting[];
  messenger: Messenger | undefined;
}

/**
 * The sending side of `sendTo`. It has a link to each frame that it sends to. Main introduces the
 * two at the first message, and what is sent meanwhile waits, in order. Messages to a target that
 * no ring reaches (sandboxed, gone) go by stock IPC. A link that is made after that waits behind
 * them.
 */
export class SendToLinks {
  readonly #ring: RingRenderer;
  readonly #codec: CodecName;
  readonly #stock: SendingMethods;
  readonly #targets = new Map<number, Target>();
  /** Those to which the last message went by stock IPC. */
  readonly #sentByStock = new Set<number>();
  /** Whether Node's loop may stand still, and with it every connection that is being made. */
  #loopInDoubt = false;

  constructor(ring: RingRenderer, codec: CodecName, stock: SendingMethods) {
    this.#ring = ring;
    this.#codec = codec;
    this.#stock = stock;
  }

  /** @throws `Error: An object could not be cloned.` */
  sendTo(webContentsId: number, channel: string, args: readonly unknown[]): void {
    const target = this.#targets.get(webContentsId) ?? this.#open(webContentsId);
    if (!target) {
      this.#sendByStock(webContentsId, channel, args);
      return;
    }
    try {
      if (target.messenger) target.messenger.send(MessageKind.Event, 0, channel, args);
      // A copy, since the application may change the values before the link is there.
      else target.waiting.push({ channel, args: snapshot(args) });
    } catch (error) {
      if (isEnd(error)) {
        // The target shows another document: the next message is introduced to that.
        this.#targets.delete(webContentsId);
      } else {
        leaveToStock(error, args);
        if (!this.#stock.sendTo) throw cloneError();
        // What waits was sent before. A link that there is stays: nothing orders it and stock IPC.
        if (!target.messenger) this.#giveUp(webContentsId, target);
      }
      this.#sendByStock(webContentsId, channel, args);
    }
  }

  /** The document is being left: what waits goes by stock IPC. */
  release(): void {
    for (const [webContentsId, target] of this.#targets) this.#giveUp(webContentsId, target);
  }

  /** Node's loop may stand still from now on: what it would do is done here, or left to stock IPC. */
  standIn(): void {
    this.#loopInDoubt = true;
    for (const [webContentsId, target] of this.#targets) {
      if (target.messenger) target.messenger.transport.drain();
      else this.#giveUp(webContentsId, target);
    }
  }

  /** Undefined: only stock IPC reaches it for certain. */
  #open(webContentsId: number): Target | undefined {
    if (this.#loopInDoubt) return undefined;
    const target: Target = { waiting: [], messenger: undefined };
    this.#targets.set(webContentsId, target);
    const afterStock = this.#sentByStock.delete(webContentsId);
    if (afterStock) {
      this.#stock.postMessage(PRIVATE_CHANNEL, ['fence'] satisfies StockFence);
      this.#ring.mark();
    }
    this.#ring.ask(['introduce', webContentsId, afterStock] satisfies IntroduceRequest).then(
      (answer) => this.#connect(webContentsId, target, answer as Introduction | null),
      () => this.#giveUp(webContentsId, target),
    );
    return target;
  }

  #connect(webContentsId: number, target: Target, answer: Introduction | null): void {
    if (this.#targets.get(webContentsId) !== target) return;
    if (!answer) {
      this.#giveUp(webContentsId, target);
      return;
    }
    const done = (link: NativeLink | NativeFailure) => {
      if (isFailure(link)) this.#giveUp(webContentsId, target);
      else this.#connected(webContentsId, target, link);
    };
    const token = Buffer.from(answer.token, 'hex');
    const failed = nativeAddon().connect(answer.address, token, done);
    if (isFailure(failed)) done(failed);
  }

  #connected(webContentsId: number, target: Target, link: NativeLink): void {
    if (this.#targets.get(webContentsId) !== target) {
      link.close();
      return;
    }
    const transport = new LinkTransport(link);
    const forget = () => {
      if (this.#targets.get(webContentsId) === target) this.#targets.delete(webContentsId);
    };
    // Messages go one way only; the end of the target's document ends the link.
    transport.start(forget, forget);
    target.messenger = new Messenger(transport, this.#codec);
    for (const { channel, args } of target.waiting.splice(0)) {
      this.sendTo(webContentsId, channel, args);
    }
  }

  #giveUp(webContentsId: number, target: Target): void {
    this.#targets.delete(webContentsId);
    for (const { channel, args } of target.waiting.splice(0)) {
      this.#sendByStock(webContentsId, channel, args);
    }
  }

  #sendByStock(webContentsId: number, channel: string, args: readonly unknown[]): void {
    this.#sentByStock.add(webContentsId);
    this.#stock.sendTo?.(webContentsId, channel, ...args);
  }
}
