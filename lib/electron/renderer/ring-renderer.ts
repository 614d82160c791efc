import type { RingwireError } from '../../core/errors.ts';
import { MessageKind } from '../../core/message-head.ts';
import type { Transport } from '../../core/transport.ts';
import { isEnd, leaveToStock, Messenger, valuesOf } from '../messenger.ts';
import {
  type AcceptNotice,
  type BegunNotice,
  type CodecName,
  type ExpectedSender,
  type FromMain,
  PRIVATE_CHANNEL,
} from '../protocol.ts';
import type { FrameTasks } from './frame-tasks.ts';
import type { EmitFromMain } from './hooks.ts';
import { Inbox } from './inbox.ts';

/** What Electron's dispatcher answers an `invoke` with. */
export interface InvokeAnswer {
  readonly error?: string;
  readonly result?: unknown;
}

/** Where the renderer's end of a link delivers to. */
export interface RendererHost {
  /** The number that main gave this document. */
  readonly document: number;
  readonly emit: EmitFromMain;
  /** Settles promises in a frame within a page. */
  readonly tasks: FrameTasks | undefined;
  /** Main announces that another frame will connect to this one. */
  expectSender(sender: ExpectedSender): void;
  /** Main has asked to drain the ring, which Node's loop has woken so often: it may stand still. */
  drained(wakeUps: number): void;
  /** Called once, when the link has ended. */
  ended(reason: RingwireError): void;
}

/** What became of a synchronous call. */
export type CallAnswer =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'ticket'; readonly ticket: number }
  | { readonly kind: 'unclonable' };

interface Pending {
  /** Asked by ringwire's own half; everything else is an `invoke` of the application. */
  readonly own: boolean;
  resolve(answer: unknown): void;
  reject(reason: unknown): void;
}

/** The renderer's end of the link of one document. Owns the transport. */
export class RingRenderer {
  readonly #messenger: Messenger;
  readonly #host: RendererHost;
  readonly #inbox = new Inbox();
  /** Answers have an order of their own. */
  readonly #answers = new Inbox();
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #open = true;

  constructor(transport: Transport, codec: CodecName, host: RendererHost) {
    this.#messenger = new Messenger(transport, codec);
    this.#host = host;
  }

  /** Whether messages go by the ring. */
  get open(): boolean {
    return this.#open;
  }

  /** Starts delivery. */
  start(): void {
    this.#answers.begin();
    this.#messenger.transport.start(
      (headLength, _sequence, body) => this.#receive(headLength, body),
      (reason) => this.#end(reason),
      { onResult: (headLength, body) => this.#receiveResult(headLength, body) },
    );
  }

  /** The document is being left: it hears what only it can read, unless that has to wait for stock IPC. */
  drain(): void {
    if (!this.#inbox.begun) return;
    this.#messenger.transport.drain();
    this.#inbox.flush();
  }

  /**
   * The document is being left, and its Node.js ends. Whoever still holds `ipcRenderer`, such as
   * the page around a frame, uses stock IPC from now on. Main still reads what was sent.
   */
  release(): void {
    this.#open = false;
    this.#pending.clear();
  }

  /**
   * Sends what nobody answers. False: only stock IPC can send the values.
   *
   * @throws `Error: An object could not be cloned.`
   */
  trySend(kind: MessageKind, channel: string, args: readonly unknown[]): boolean {
    try {
      this.#send(kind, 0, channel, args);
      return true;
    } catch (error) {
      leaveToStock(error, args);
      return false;
    }
  }

  /**
   * Sends and blocks for the answer; null when main's end is gone, as stock answers.
   *
   * @throws what V8 throws for an answer that it cannot read, as stock does, and as `trySend`
   */
  tryCall(channel: string, args: readonly unknown[]): CallAnswer {
    try {
      const { kind, id, values, unreadable } = this.#messenger.call(channel, args);
      if (unreadable) throw unreadable.cause;
      // A value that only stock IPC can send waits in main, under this number.
      if (kind === MessageKind.Failure) return { kind: 'ticket', ticket: id };
      return { kind: 'value', value: values[0] };
    } catch (error) {
      if (isEnd(error)) return { kind: 'value', value: null };
      leaveToStock(error, args);
      return { kind: 'unclonable' };
    }
  }

  /** Undefined: only stock IPC can send the values. @throws as `trySend` */
  tryInvoke(channel: string, args: readonly unknown[]): Promise<InvokeAnswer> | undefined {
    try {
      return this.#request(channel, args) as Promise<InvokeAnswer>;
    } catch (error) {
      leaveToStock(error, args);
      return undefined;
    }
  }

  /** Blocks until main has dispatched everything that was sent before. */
  barrier(): void {
    this.tryCall(PRIVATE_CHANNEL, []);
  }

  /** Asks ringwire's own half in main. */
  ask(request: readonly unknown[]): Promise<unknown> {
    return this.#request(PRIVATE_CHANNEL, request);
  }

  /** Tells ringwire's own half in main. */
  tell(notice: readonly unknown[]): void {
    this.#send(MessageKind.Event, 0, PRIVATE_CHANNEL, notice);
  }

  /** Marks the place of a message that was just sent to main by stock IPC. */
  mark(): void {
    this.#send(MessageKind.Marker, 0, '', []);
  }

  /** A message of main on ringwire's own stock channel. */
  fromStock(message: FromMain, ports: readonly unknown[]): void {
    if (message[0] === 'up') {
      // Another number is for the document before, which was left before it could read this.
      if (message[1] !== this.#host.document) return;
      this.#inbox.begin();
      this.tell(['begun'] satisfies BegunNotice);
    } else if (message[0] === 'settle') {
      // Before the link is up it is for the document before, which used the same numbers.
      if (!this.#inbox.begun) return;
      const [, id, answer] = message;
      const pending = this.#take(id);
      this.#answers.outOfBand(() => this.#settle(pending, answer));
    } else if (message[0] === 'out-of-band') {
      const [, channel, args] = message;
      this.#inbox.outOfBand(() => this.#host.emit(channel, ports, args));
    } else if (message[0] === 'fence') {
      this.#inbox.outOfBand(() => {});
    } else if (message[0] === 'drain') {
      const { transport } = this.#messenger;
      transport.drain();
      this.#host.drained(transport.wakeUps);
    } else if (message[0] === 'late') {
      const [, channel, args] = message;
      // Otherwise it is for the document before, which has nothing in this ring.
      if (this.#inbox.begun) this.#messenger.transport.drain();
      this.#inbox.late(() => this.#host.emit(channel, ports, args));
    }
  }

  #request(channel: string, args: readonly unknown[]): Promise<unknown> {
    this.#lastId = (this.#lastId + 1) >>> 0;
    const id = this.#lastId;
    this.#send(MessageKind.Invoke, id, channel, args);
    const own = channel === PRIVATE_CHANNEL;
    return new Promise((resolve, reject) => this.#pending.set(id, { own, resolve, reject }));
  }

  #receive(headLength: number, body: ArrayBuffer | undefined): void {
    const message = this.#messenger.read(headLength, body);
    const { kind, channel } = message;
    const values = valuesOf(message);
    if (kind === MessageKind.Marker) {
      this.#inbox.marker();
    } else if (channel === PRIVATE_CHANNEL) {
      const [, sender] = message.values as unknown as AcceptNotice;
      // Behind a fence, since that sender may have sent by stock IPC before.
      this.#inbox.event(() => this.#host.expectSender(sender));
    } else if (this.#inbox.idle) {
      this.#host.emit(channel, [], values);
    } else {
      this.#inbox.event(() => this.#host.emit(channel, [], values));
    }
  }

  #receiveResult(headLength: number, body: ArrayBuffer | undefined): void {
    const message = this.#messenger.readResult(headLength, body);
    if (message.kind === MessageKind.Failure) {
      this.#answers.marker();
      return;
    }
    const values = valuesOf(message);
    const pending = this.#take(message.id);
    const answer = values ? values[0] : null;
    if (this.#answers.idle) this.#settle(pending, answer);
    else this.#answers.event(() => this.#settle(pending, answer));
  }

  #settle(pending: Pending | undefined, answer: unknown): void {
    const { tasks } = this.#host;
    if (tasks) tasks.answer(() => pending?.resolve(answer));
    else pending?.resolve(answer);
  }

  /** A request whose answer is here, even if it has to wait for its turn. */
  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #send(kind: MessageKind, id: number, channel: string, values: readonly unknown[]): void {
    try {
      this.#messenger.send(kind, id, channel, values);
    } catch (error) {
      if (!isEnd(error)) throw error;
    }
  }

  #end(reason: RingwireError): void {
    this.#open = false;
    this.#inbox.end();
    this.#answers.end();
    // Main closes the link of a window that is gone: its promises never settle, as on stock.
    const gone = reason.code === 'ERR_RINGWIRE_CLOSED';
    const { tasks } = this.#host;
    for (const { own, reject } of this.#pending.values()) {
      if (!own && gone) continue;
      if (tasks) tasks.answer(() => reject(reason));
      else reject(reason);
    }
    this.#pending.clear();
    this.#host.ended(reason);
  }
}
