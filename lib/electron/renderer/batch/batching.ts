import type { IpcRenderer } from 'electron';
import { BatchBuffer, mostOpenCalls } from '../../batch/batch-buffer.ts';
import { afterTask, Coalescer } from '../../batch/coalescer.ts';
import { messageOf } from '../../batch/runs.ts';
import {
  type BatchAnswers,
  type CallBatch,
  type FromMain,
  type MessageBatch,
  PRIVATE_CHANNEL,
  type RestRequest,
} from '../../protocol.ts';
import type { EmitFromMain, SendingMethods } from '../hooks.ts';
import type { InvokeAnswer } from '../ring-renderer.ts';
import { plainCopy } from './plain-copy.ts';
import { type Deliveries, once, TaskScheduler } from './task-scheduler.ts';

/** The two stock methods that send batches. */
type Stock = Pick<IpcRenderer, 'send' | 'invoke'>;

interface Pending {
  resolve(answer: InvokeAnswer): void;
  reject(reason: unknown): void;
}

/**
 * The renderer's half for a document without a ring, since its sandbox lets no native code in.
 * Messages of a burst travel in one stock message, which the other side takes apart. Nothing is
 * batched before main has said that it reads batches.
 */
export class BatchingRenderer {
  readonly #stock: Stock;
  readonly #emit: EmitFromMain;
  readonly #scheduler = new TaskScheduler();
  readonly #buffer = new BatchBuffer();
  readonly #pending = new Map<number, Pending>();
  #coalescer: Coalescer | undefined;
  /** The document is being left, and may have no further task: every message leaves at once. */
  #leaving = false;
  /** Stock calls that main has not answered: as long as there is one, answers can come. */
  #asking = 0;
  /** Whether an event of a batch is being delivered. */
  #emitting = false;
  #lastId = 0;

  constructor(stock: Stock, emit: EmitFromMain) {
    this.#stock = stock;
    this.#emit = (...event) => {
      const outer = this.#emitting;
      this.#emitting = true;
      emit(...event);
      this.#emitting = outer;
    };
    addEventListener('pagehide', () => this.#leave(), { capture: true });
    addEventListener('pageshow', () => this.#return(), { capture: true });
  }

  /** Whether the message will leave with others. False: it has to be sent now. */
  trySend(channel: unknown, args: unknown[]): boolean {
    return this.#addToBatch(channel, args);
  }

  /** The answer to come, when the call will leave with others. Undefined: it has to be sent now. */
  tryInvoke(channel: unknown, args: unknown[]): Promise<InvokeAnswer> | undefined {
    if (this.#pending.size >= mostOpenCalls) {
      this.flush();
      return undefined;
    }
    const id = (this.#lastId + 1) >>> 0;
    if (!this.#addToBatch(channel, args, id)) return undefined;
    this.#lastId = id;
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  /** Sends the batch, so that whatever goes by stock IPC comes after it. */
  flush(): void {
    if (this.#buffer.empty) return;
    const batch: MessageBatch = ['batch', this.#buffer.take()];
    if (callsIn(batch).length > 0) {
      void this.#ask(batch);
      return;
    }
    try {
      this.#stock.send(PRIVATE_CHANNEL, ...batch);
    } catch {
      // The document has ended meanwhile. Stock IPC loses such messages, too.
    }
  }

  /** Resolves when it is the turn of an answer that has come alone. */
  inTurn(): Promise<void> | undefined {
    if (this.#scheduler.idle) return undefined;
    return new Promise((resolve) => this.#scheduler.pushAnswers(once(resolve)));
  }

  /**
   * Delivers a message that came alone after the events that wait. False: none waits, or it is one
   * of those itself.
   */
  delay(deliver: () => void): boolean {
    if (this.#emitting || this.#scheduler.idle) return false;
    this.#scheduler.push(once(deliver));
    return true;
  }

  /** A message of main on ringwire's own channel. */
  fromStock(message: FromMain, ports: readonly unknown[]): void {
    if (message[0] === 'accept-batches') {
      this.#coalescer = new Coalescer(message[1], () => this.flush(), afterTask);
    } else if (message[0] === 'out-of-band') {
      const [, channel, args] = message;
      const deliver = () => this.#emit(channel, ports, args);
      if (!this.delay(deliver)) deliver();
    } else if (message[0] === 'events') {
      const [, runs] = message;
      this.#deliver(
        runs.map((run) => ({
          count: run[1],
          deliver: (index) => this.#emit(run[0], [], messageOf(run, index)),
        })),
      );
    }
  }

  /**
   * Delivers a batch: the first message at once, if nothing waits, and the others by the scheduler.
   */
  #deliver(groups: readonly Deliveries[]): void {
    const [first] = groups;
    const direct = this.#scheduler.idle;
    for (const group of groups) this.#scheduler.push(group, direct && group === first ? 1 : 0);
    if (direct) first?.deliver(0);
  }

  #deliverAnswers(answers: Deliveries): void {
    const direct = this.#scheduler.idle;
    this.#scheduler.pushAnswers(answers, direct ? 1 : 0);
    if (direct) answers.deliver(0);
  }

  #leave(): void {
    // One whose frame a listener removes hears no more, as on stock.
    if (!this.#emitting) this.#scheduler.drain();
    this.flush();
    this.#leaving = true;
  }

  #return(): void {
    this.#leaving = false;
  }

  #addToBatch(channel: unknown, args: unknown[], id?: number): boolean {
    if (typeof channel === 'string' && !this.#leaving && this.#coalescer?.next()) {
      const copy = plainCopy(args);
      if (copy) {
        if (this.#buffer.add(channel, copy, id)) this.flush();
        return true;
      }
      this.#coalescer.restart();
    }
    this.flush();
    return false;
  }

  /**
   * Sends calls, or asks for answers. Asks again as long as calls are open that no `invoke` waits
   * for.
   */
  async #ask(request: CallBatch | RestRequest): Promise<void> {
    this.#asking++;
    try {
      const asked = this.#stock.invoke(PRIVATE_CHANNEL, ...request) as Promise<BatchAnswers>;
      const { answers } = await asked;
      const deliver = (index: number) => {
        const [id, answer] = answers[index] as [number, InvokeAnswer];
        this.#settle(id, answer);
      };
      if (answers.length > 0) this.#deliverAnswers({ count: answers.length, deliver });
    } catch (error) {
      // The document is gone: stock rejects each call with the same error.
      for (const id of callsIn(request)) {
        this.#pending.get(id)?.reject(error);
        this.#pending.delete(id);
      }
      this.#asking--;
      return;
    }
    this.#asking--;
    if (this.#asking === 0 && this.#pending.size > 0) void this.#ask(['rest']);
  }

  #settle(id: number, answer: InvokeAnswer): void {
    this.#pending.get(id)?.resolve(answer);
    this.#pending.delete(id);
  }
}

function callsIn([, runs = []]: CallBatch | RestRequest): number[] {
  return runs.flatMap(([, , , ids]) => ids);
}

/**
 * The sending methods of `ipcRenderer` with batches. As in Electron, no method uses `this`. `errorOf`
 * makes what an `invoke` rejects with.
 */
export function batchingMethods(
  batching: BatchingRenderer,
  stock: SendingMethods,
  errorOf: (message: string) => Error,
): SendingMethods {
  const { sendTo } = stock;
  return {
    send(channel, ...args) {
      if (!batching.trySend(channel, args)) stock.send(channel, ...args);
    },
    sendSync(channel, ...args) {
      batching.flush();
      return stock.sendSync(channel, ...args);
    },
    async invoke(channel, ...args) {
      const answered = batching.tryInvoke(channel, args);
      if (!answered) {
        try {
          return await stock.invoke(channel, ...args);
        } finally {
          await batching.inTurn();
        }
      }
      const { error, result } = await answered;
      if (error) throw errorOf(`Error invoking remote method '${channel}': ${error}`);
      return result;
    },
    postMessage(channel, message, transfer) {
      batching.flush();
      stock.postMessage(channel, message, transfer);
    },
    sendToHost(channel, ...args) {
      batching.flush();
      stock.sendToHost(channel, ...args);
    },
    ...(sendTo && {
      sendTo(webContentsId: number, channel: string, ...args: unknown[]) {
        batching.flush();
        sendTo(webContentsId, channel, ...args);
      },
    }),
  };
}
