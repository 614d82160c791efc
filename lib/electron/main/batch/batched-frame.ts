import type { WebFrameMain } from 'electron';
import { BatchBuffer } from '../../batch/batch-buffer.ts';
import { Coalescer } from '../../batch/coalescer.ts';
import { messageOf, readRuns } from '../../batch/runs.ts';
import { type EventBatch, type FromMain, PRIVATE_CHANNEL } from '../../protocol.ts';
import { smallSnapshot } from '../../snapshot.ts';
import type { Dispatch } from '../dispatch/dispatch.ts';
import type { Sender } from '../dispatch/ipc-event.ts';
import { ReplyChannel, type SendAnswer } from '../dispatch/reply-channel.ts';
import type { StockSend } from '../hooks/hooks.ts';
import type { StockReply } from '../hooks/private-events.ts';
import type { MainLoop } from '../loop/main-loop.ts';
import { Answers } from './answers.ts';
import type { Arrivals } from './arrivals.ts';
import { isCloneable } from './cloneable.ts';

/** What a batched frame needs of the rest of main. */
export interface BatchHost {
  readonly dispatchOf: (from: Sender) => Dispatch;
  readonly sendStock: StockSend;
  readonly loop: Pick<MainLoop, 'nested'>;
  readonly arrivals: Arrivals;
  /** Messages of a task that leave at once; see {@link Coalescer}. */
  readonly after: number;
}

/**
 * Main's end of a document that has no ring: its bursts travel in batches over stock IPC. The
 * sender of a message is the frame that sent the batch.
 */
export class BatchedFrame {
  readonly from: Sender;
  readonly #host: BatchHost;
  readonly #coalescer: Coalescer;
  readonly #events = new BatchBuffer();
  readonly #answers = new Answers(isCloneable);
  readonly #dispatch: Dispatch;

  constructor(from: Sender, host: BatchHost) {
    this.from = from;
    this.#host = host;
    this.#dispatch = host.dispatchOf(from);
    // Not a microtask: since Electron 33 the native methods of a frame run those in the middle of a task.
    this.#coalescer = new Coalescer(host.after, () => this.flush(), process.nextTick);
    this.#send(['accept-batches', host.after]);
  }

  /**
   * Sends to the document as Electron's `_send` does, now or with others that follow closely.
   *
   * @throws what Electron throws for a frame that is gone, or for values that cannot be cloned
   */
  send(channel: string, args: unknown[]): void {
    if (this.#coalescer.next() && !this.#host.loop.nested) {
      assertExists(this.from.frame);
      const copy = smallSnapshot(args);
      if (copy) {
        if (this.#events.add(channel, copy)) this.flush();
        return;
      }
      this.#coalescer.restart();
    }
    this.flush();
    this.#send(['events', [[channel, 1, args, []]]] satisfies EventBatch);
  }

  /** Sends the batch, so that whatever goes by stock IPC comes after it. */
  flush(): void {
    if (this.#events.empty) return;
    try {
      this.#send(['events', this.#events.take()] satisfies EventBatch);
    } catch {
      // The document has ended meanwhile. Stock IPC loses such messages, too.
    }
  }

  /** A batch of the document. Nothing in it is trusted: what no ringwire writes is left out. */
  receive(runs: unknown, reply: SendAnswer | undefined): void {
    const { arrivals } = this.#host;
    for (const run of readRuns(runs, reply !== undefined)) {
      const [channel, count, , ids] = run;
      if (ids.length > this.#answers.room) continue;
      this.#answers.expect(ids.length);
      for (let i = 0; i < count; i++) {
        const [id, args] = [ids[i], messageOf(run, i)];
        arrivals.add({ deliver: () => this.#deliver(id, channel, args), turnEnd: this.#answers });
      }
    }
    if (reply) this.#answers.offer(reply);
    arrivals.deliver();
  }

  /** The document asks for answers that are still open. */
  rest(reply: SendAnswer): void {
    this.#answers.offer(reply);
  }

  /** Answers a call that came alone, in the order of all answers. */
  inOrder(stock: StockReply, channel: string): StockReply {
    return new ReplyChannel((value) => {
      this.#answers.answerAlone(channel, value, (answer) => stock.sendReply(answer));
    });
  }

  /** @param id undefined for a `send` */
  #deliver(id: number | undefined, channel: string, args: unknown[]): void {
    if (this.from.webContents.isDestroyed()) return;
    this.#answers.hold();
    if (id === undefined) this.#dispatch.message(channel, args);
    else this.#dispatch.invoke(channel, args, (value) => this.#answers.answer(id, channel, value));
  }

  #send(message: FromMain): void {
    this.#host.sendStock(this.from.frame, PRIVATE_CHANNEL, message);
  }
}

/** Any property will do: those of a frame that is gone throw. */
function assertExists({ routingId }: WebFrameMain): number {
  return routingId;
}
