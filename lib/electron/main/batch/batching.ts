import { type WebFrameMain, webFrameMain } from 'electron';
import { findForm } from '../dispatch/event-form.ts';
import { senderOf } from '../dispatch/ipc-event.ts';
import type { SendAnswer } from '../dispatch/reply-channel.ts';
import { frameOf, keyOf } from '../frames/frame-key.ts';
import type { PrivateMessage, StockEvent, StockReply } from '../hooks/private-events.ts';
import type { MainLoop } from '../loop/main-loop.ts';
import { Arrivals, canDeliverTogether } from './arrivals.ts';
import { BatchedFrame, type BatchHost } from './batched-frame.ts';

/**
 * Main's half of batching: knows the documents that stay on stock IPC and run ringwire's preload.
 */
export class Batching {
  readonly #host: BatchHost;
  /** By Electron's object, and kept only as long as it: no event says that a frame was removed. */
  readonly #byObject = new WeakMap<WebFrameMain, BatchedFrame>();
  readonly #byKey = new Map<string, WeakRef<BatchedFrame>>();
  readonly #arrivals: Arrivals;

  constructor(host: Omit<BatchHost, 'arrivals'> & { readonly loop: MainLoop }) {
    this.#arrivals = new Arrivals(host.loop);
    this.#host = { ...host, arrivals: this.#arrivals };
  }

  /** A document has said that it stays on stock IPC. Returns whether its bursts travel in batches. */
  begin({ webContents, event }: PrivateMessage): boolean {
    const { processId, frameId } = event;
    const frame = webFrameMain.fromId(processId, frameId);
    if (!frame || !canDeliverTogether() || !findForm(event)) return false;
    for (const key of this.#byKey.keys()) if (!frameOf(key)) this.#byKey.delete(key);
    const batched = new BatchedFrame(senderOf(webContents, frame, event), this.#host);
    this.#byKey.set(keyOf(processId, frameId), new WeakRef(batched));
    this.#byObject.set(frame, batched);
    return true;
  }

  /** The document that a frame shows now, if it takes batches. */
  of(frame: WebFrameMain): BatchedFrame | undefined {
    return this.#byObject.get(frame);
  }

  /** A frame has begun to show another document. */
  documentChanged(processId: number, frameId: number): void {
    const known = this.#ofSender(processId, frameId);
    if (!known) return;
    this.drain();
    this.#byKey.delete(keyOf(processId, frameId));
    this.#byObject.delete(known.from.frame);
  }

  /**
   * A stock message of a document with a batch, or with the question for answers. Its sender may
   * be hostile: nothing in it is trusted.
   */
  receive({ event, args }: PrivateMessage): void {
    const [kind, runs] = args;
    const reply = event._replyChannel && replyBy(event._replyChannel);
    const batched = this.#ofSender(event.processId, event.frameId);
    if (batched && kind === 'batch') batched.receive(runs, reply);
    else if (batched && kind === 'rest' && reply) batched.rest(reply);
    else reply?.({ answers: [] });
  }

  /** A call came alone, by stock IPC: its answer must not overtake those to calls of batches. */
  receiveAlone(event: StockEvent, channel: string): void {
    const stock = event._replyChannel;
    const batched = stock && this.#ofSender(event.processId, event.frameId);
    if (batched) event._replyChannel = batched.inOrder(stock, channel);
  }

  /** A nested loop has begun, such as a drag. Batches leave now. */
  loopNested(): void {
    for (const batched of this.#byKey.values()) batched.deref()?.flush();
    this.#arrivals.loopNested();
  }

  /** Delivers a message that came alone after those that wait. False: none waits. */
  delay(deliver: () => void): boolean {
    if (this.#arrivals.idle) return false;
    this.#arrivals.add({ deliver });
    return true;
  }

  /** Delivers what waits: something that a document did later is about to happen. */
  drain(): void {
    this.#arrivals.drain();
  }

  #ofSender(processId: number, frameId: number): BatchedFrame | undefined {
    return this.#byKey.get(keyOf(processId, frameId))?.deref();
  }
}

/** Electron's dispatcher answers an `invoke` with its result in an object. */
function replyBy(channel: StockReply): SendAnswer {
  return (result) => channel.sendReply({ result });
}
