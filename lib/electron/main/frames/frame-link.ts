import { RingwireError } from '../../../core/errors.ts';
import { MessageKind } from '../../../core/message-head.ts';
import type { Transport } from '../../../core/transport.ts';
import {
  cloneError,
  isEnd,
  isUnclonable,
  leaveToStock,
  Messenger,
  type Received,
  valuesOf,
} from '../../messenger.ts';
import { type CodecName, type FromMain, PRIVATE_CHANNEL } from '../../protocol.ts';
import type { Dispatch } from '../dispatch/dispatch.ts';
import type { Sender } from '../dispatch/ipc-event.ts';
import { endTurn, type SendAnswer } from '../dispatch/reply-channel.ts';
import { releaseWrapped } from '../dispatch/wrapped-message.ts';
import type { ElectronDispatcher } from '../hooks/hooks.ts';
import type { PrivateMessage } from '../hooks/private-events.ts';
import { LoopDoubt } from './loop-doubt.ts';
import { Outbox } from './outbox.ts';

/** Out-of-band messages that may wait for their markers: a burst of one task, and far more. */
const mostOutOfBand = 65_536;

/** What main does with the messages of a frame. */
export interface FrameHost {
  readonly dispatch: Dispatch;
  /** For messages that came by stock IPC, with the event Electron made. */
  readonly dispatcher: ElectronDispatcher;
  /** A request of ringwire's own half in the frame. Nothing in `args` is trusted. */
  request(from: FrameLink, args: readonly unknown[], answer: SendAnswer): void;
  /** A notice of ringwire's own half in the frame. Nothing in `args` is trusted. */
  notice(from: FrameLink, args: readonly unknown[]): void;
  /** Whether the frame loads another document already. */
  readonly loading: boolean;
  /** Sends to the document by stock IPC. */
  sendStock(this: void, message: FromMain): void;
  /** Sends an answer by stock IPC that the ring cannot send. False: stock cannot either. */
  settleByStock(id: number, answer: unknown): boolean;
  /** Called once, when the link has ended in any way but by {@link FrameLink.close}. */
  ended(link: FrameLink, reason: RingwireError): void;
}

/** What a frame may send. */
const fromFrames = new Set<MessageKind>([
  MessageKind.Event,
  MessageKind.Call,
  MessageKind.Invoke,
  MessageKind.Marker,
  MessageKind.Post,
  MessageKind.Host,
]);

/**
 * Main's end of the link of one document in one frame: feeds what arrives into Electron's own
 * dispatcher, and sends what main has for that document.
 *
 * The sender of a message is the frame that was joined to this link; nothing that the renderer
 * writes can change it. Owns the transport.
 */
export class FrameLink {
  readonly from: Sender;
  /** What main sends to the document as an application's messages. */
  readonly outbox: Outbox;
  /** Whether the renderer may have stopped reading. */
  readonly loopDoubt: LoopDoubt;
  readonly #host: FrameHost;
  readonly #messenger: Messenger;
  /** Out-of-band messages that arrived before their marker in the ring. */
  readonly #outOfBand: PrivateMessage[] = [];
  /** The answer to the latest synchronous call, if only stock IPC can send it and until it does. */
  #toFetch: { readonly ticket: number; readonly value: unknown } | undefined;
  /** A marker was read whose out-of-band message has not arrived: delivery is paused. */
  #awaiting = false;
  #open = true;
  /** A listener of the application is running. */
  #delivering = false;

  constructor(transport: Transport, codec: CodecName, from: Sender, host: FrameHost) {
    this.from = from;
    this.#host = host;
    this.#messenger = new Messenger(transport, codec);
    this.outbox = new Outbox(this, host.loading, host.sendStock);
    this.loopDoubt = new LoopDoubt(() => this.#trySendStock(['drain']));
  }

  /** Whether messages can be sent to this document. */
  get open(): boolean {
    return this.#open;
  }

  /** Whether messages wait for room in the ring. */
  get congested(): boolean {
    return this.#messenger.transport.queuedBytes > 0;
  }

  /** Starts delivery. */
  start(): void {
    this.#messenger.transport.start(
      (headLength, sequence, body) => {
        const message = this.#read(headLength, body);
        if (message instanceof RingwireError) {
          this.#breakOff(message);
        } else {
          // A listener that runs a nested loop, such as a drag, leads back here.
          const outer = this.#delivering;
          this.#delivering = true;
          try {
            this.#deliver(message, sequence);
          } finally {
            this.#delivering = outer;
          }
        }
      },
      (reason) => this.#end(reason),
      { onTurnEnd: endTurn },
    );
  }

  /**
   * Sends to the document. As with `webContents.send`, a message to one that is gone is silently
   * lost. False: the ring cannot send the values.
   */
  trySend(channel: string, args: readonly unknown[]): boolean {
    try {
      this.#send(MessageKind.Event, 0, channel, args);
      return true;
    } catch (error) {
      if (!isUnclonable(error)) throw error;
      return false;
    }
  }

  /** Marks the place of a message that was just sent to the document by stock IPC. */
  mark(): void {
    this.#send(MessageKind.Marker, 0, '', []);
  }

  /** What follows in the ring is heard after what was sent to the document by stock IPC. */
  fence(): void {
    if (this.#trySendStock(['fence'])) this.mark();
  }

  /** The answer that a synchronous call fetches by stock IPC, once. */
  fetch(ticket: unknown): unknown {
    const found = this.#toFetch;
    if (found?.ticket !== ticket) return undefined;
    this.#toFetch = undefined;
    return found?.value;
  }

  /** A message of this document that came by stock IPC, and whose place is in the ring. */
  receiveOutOfBand(message: PrivateMessage): void {
    if (!this.#awaiting) {
      this.#outOfBand.push(message);
      if (this.#outOfBand.length > mostOutOfBand) {
        const detail = `${mostOutOfBand} out-of-band messages without a marker`;
        this.#breakOff(new RingwireError('ERR_RINGWIRE_CORRUPT', { detail }));
      }
      return;
    }
    this.#awaiting = false;
    releaseWrapped(this.#host.dispatcher, message);
    this.#messenger.transport.resume();
  }

  /**
   * Delivers what the document has sent so far, because something that it did later by stock IPC is
   * about to happen. Not while a message is being dispatched: that one goes first.
   */
  drain(): void {
    if (!this.#delivering) this.#messenger.transport.drain();
  }

  /** The document is gone: nothing more is sent to it; what it sent before still arrives. */
  retire(): void {
    this.#open = false;
  }

  /** Ends the link at once, with what has not been read. */
  close(): void {
    this.#open = false;
    this.#messenger.transport.drop();
  }

  /** A renderer may write nonsense. That must end its link and nothing else. */
  #read(headLength: number, body: ArrayBuffer | undefined): Received | RingwireError {
    try {
      const message = this.#messenger.read(headLength, body);
      if (fromFrames.has(message.kind)) return message;
      return new RingwireError('ERR_RINGWIRE_CORRUPT', {
        detail: `message kind ${message.kind} from a frame`,
      });
    } catch (error) {
      if (error instanceof RingwireError) return error;
      return new RingwireError('ERR_RINGWIRE_CORRUPT', { detail: String(error), cause: error });
    }
  }

  #deliver(message: Received, sequence: number): void {
    const { kind, id, channel } = message;
    const values = valuesOf(message);
    const { dispatch } = this.#host;
    if (channel !== PRIVATE_CHANNEL) this.loopDoubt.passed();
    if (channel === PRIVATE_CHANNEL) {
      this.#deliverPrivate(kind, id, message.values, sequence);
    } else if (kind === MessageKind.Event) {
      dispatch.message(channel, values);
    } else if (kind === MessageKind.Call) {
      dispatch.messageSync(channel, values, (value) => this.#answer(sequence, value));
    } else if (kind === MessageKind.Invoke) {
      dispatch.invoke(channel, values, (value) => this.#settle(id, value));
    } else if (kind === MessageKind.Post) {
      dispatch.post(channel, values ? values[0] : null);
    } else if (kind === MessageKind.Host) {
      dispatch.host(channel, values);
    } else {
      this.#reachMarker();
    }
  }

  #deliverPrivate(kind: MessageKind, id: number, args: unknown[], sequence: number): void {
    if (kind === MessageKind.Invoke) {
      this.#host.request(this, args, (value) => this.#settle(id, value));
    } else if (kind === MessageKind.Event) {
      this.#host.notice(this, args);
    } else if (sequence !== 0) {
      // No ringwire sends this, but its caller must not block for ever either.
      this.#answer(sequence, undefined);
    }
  }

  #reachMarker(): void {
    const message = this.#outOfBand.shift();
    if (message) {
      releaseWrapped(this.#host.dispatcher, message);
    } else {
      this.#awaiting = true;
      this.#messenger.transport.pause();
    }
  }

  #send(kind: MessageKind, id: number, channel: string, values: readonly unknown[]): void {
    if (!this.#open) return;
    try {
      this.#messenger.send(kind, id, channel, values);
      this.loopDoubt.passed();
    } catch (error) {
      if (!isEnd(error)) throw error;
    }
  }

  #settle(id: number, answer: unknown): void {
    try {
      this.#sendResult(MessageKind.Result, id, [answer]);
    } catch (error) {
      leaveToStock(error, answer);
      if (!this.#host.settleByStock(id, answer)) throw cloneError();
      // Its place among the answers.
      this.#sendResult(MessageKind.Failure, id, []);
    }
  }

  #sendResult(kind: MessageKind, id: number, values: readonly unknown[]): void {
    if (!this.#open) return;
    try {
      this.#messenger.settle(kind, id, values);
      this.loopDoubt.passed();
    } catch (error) {
      if (!isEnd(error)) throw error;
    }
  }

  /** False: the frame is gone, and its window may not know yet. */
  #trySendStock(message: FromMain): boolean {
    try {
      this.#host.sendStock(message);
      return true;
    } catch {
      return false;
    }
  }

  #answer(sequence: number, value: unknown): void {
    try {
      this.#messenger.answer(MessageKind.Result, sequence, 0, value);
    } catch (error) {
      if (isEnd(error)) return;
      leaveToStock(error, value);
      this.#toFetch = { ticket: sequence, value };
      this.#messenger.answer(MessageKind.Failure, sequence, sequence, undefined);
    }
  }

  /** Nothing that ringwire's own renderer does leads here. */
  #breakOff(reason: RingwireError): void {
    this.close();
    this.#end(reason);
  }

  #end(reason: RingwireError): void {
    this.#open = false;
    // Out-of-band messages must not be lost with the ring that holds their places.
    for (const message of this.#outOfBand.splice(0)) {
      releaseWrapped(this.#host.dispatcher, message);
    }
    this.#host.ended(this, reason);
  }
}
