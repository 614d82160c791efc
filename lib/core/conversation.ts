import type { Codec } from './codec/base.ts';
import { checkTimeout, timeoutError, toDeadline } from './deadline.ts';
import { Dispatcher, type ReplyingSender } from './dispatcher.ts';
import { RingwireError } from './errors.ts';
import { toError } from './failure.ts';
import { Invocations } from './invocations.ts';
import { checkChannel, type Listeners } from './listeners.ts';
import { MessageKind } from './message-head.ts';
import { Messenger, type Received } from './messenger.ts';
import type { Transport } from './transport.ts';
import type { InvokeOptions } from './types.ts';

/**
 * The most arguments of a message. Listeners are called with them, and each wrapper around a
 * listener takes as much stack again: this leaves room for half a dozen wrappers.
 */
export const mostArguments = 16_384;

/**
 * All requests and answers over one transport, in both directions. When the transport ends, every
 * waiting request is settled. Owns the transport.
 */
export class Conversation<Sender extends ReplyingSender> {
  /** Resolves with the reason of the end. */
  readonly closed: Promise<RingwireError>;
  readonly #transport: Transport;
  readonly #messenger: Messenger;
  readonly #dispatcher: Dispatcher<Sender>;
  readonly #invocations: Invocations;
  #reason: RingwireError | undefined = undefined;
  #resolveClosed: (reason: RingwireError) => void = () => {};

  /** Starts delivery to the listeners of `scopes`; their events have `sender`. */
  constructor(
    sender: Sender,
    transport: Transport,
    codec: Codec,
    scopes: readonly Listeners<Sender>[],
  ) {
    this.#transport = transport;
    this.#messenger = new Messenger(transport, codec);
    this.#dispatcher = new Dispatcher(sender, this.#messenger, scopes);
    this.#invocations = new Invocations((id) => this.#cancel(id));
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    transport.start(
      (headLength, sequence, body) => this.#receive(headLength, sequence, body),
      (reason) => this.#end(reason),
    );
  }

  send(channel: string, values: readonly unknown[]): void {
    checkChannel(channel);
    checkCount(values);
    this.#check();
    this.#messenger.send(MessageKind.Event, 0, channel, values);
  }

  call(timeout: number | undefined, channel: string, values: readonly unknown[]): unknown {
    checkChannel(channel);
    checkCount(values);
    checkTimeout(timeout);
    this.#check();
    const answer = this.#call(timeout, channel, values);
    if (answer.unreadable) throw this.#fail(answer.unreadable);
    if (answer.kind === MessageKind.Result) return answer.values[0];
    if (answer.kind === MessageKind.Failure) throw toError(answer.values);
    throw this.#fail(corruption(`an answer of kind ${answer.kind}`));
  }

  invoke(
    options: InvokeOptions | undefined,
    channel: string,
    values: readonly unknown[],
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      checkChannel(channel);
      checkCount(values);
      checkTimeout(options?.timeout);
      options?.signal?.throwIfAborted();
      this.#check();
      const id = this.#invocations.nextId();
      this.#messenger.send(MessageKind.Invoke, id, channel, values);
      this.#invocations.wait(id, channel, options, resolve, reject);
    });
  }

  /** Whether the connection has not ended. */
  get connected(): boolean {
    return this.#reason === undefined;
  }

  close(): void {
    if (this.#reason) return;
    this.#transport.close();
    this.#end(new RingwireError('ERR_RINGWIRE_CLOSED', { detail: 'by close() on this side' }));
  }

  #call(timeout: number | undefined, channel: string, values: readonly unknown[]): Received {
    try {
      return this.#messenger.call(channel, values, toDeadline(timeout));
    } catch (error) {
      if (!(error instanceof RingwireError)) throw error;
      if (error.code === 'ERR_RINGWIRE_CORRUPT') throw this.#fail(error);
      if (error.code !== 'ERR_RINGWIRE_TIMEOUT') throw error;
      throw timeoutError(`sendSync('${channel}')`, timeout);
    }
  }

  #receive(headLength: number, sequence: number, body: ArrayBuffer | undefined): void {
    if (this.#reason) return;
    let message: Received;
    try {
      message = this.#messenger.read(headLength, body);
    } catch (error) {
      this.#fail(error as RingwireError);
      return;
    }
    const { kind, id, channel, values, unreadable } = message;
    if (unreadable) {
      this.#fail(unreadable);
      return;
    }
    if ((sequence !== 0) !== (kind === MessageKind.Call)) {
      this.#fail(corruption(`a message of kind ${kind} with sequence number ${sequence}`));
      return;
    }
    if (values.length > mostArguments) {
      this.#fail(corruption(`a message with ${values.length} arguments`));
      return;
    }
    this.#route(kind, sequence || id, channel, values);
  }

  #route(kind: MessageKind, number: number, channel: string, values: readonly unknown[]): void {
    switch (kind) {
      case MessageKind.Event:
        this.#dispatcher.event(channel, values);
        break;
      case MessageKind.Call:
        this.#dispatcher.call(number, channel, values);
        break;
      case MessageKind.Invoke:
        this.#dispatcher.invoke(number, channel, values);
        break;
      case MessageKind.Result:
        this.#invocations.resolve(number, values[0]);
        break;
      case MessageKind.Failure:
        this.#invocations.reject(number, toError(values));
        break;
      case MessageKind.Cancel:
        this.#dispatcher.cancel(number);
        break;
      default:
        this.#fail(corruption(`a message of kind ${kind}`));
    }
  }

  #cancel(id: number): void {
    try {
      if (!this.#reason) this.#messenger.sendAlways(MessageKind.Cancel, id, []);
    } catch {
      // A lost cancellation does no harm: it only saves the peer some work.
    }
  }

  /** @throws the reason, with a stack from here, if the connection has ended */
  #check(): void {
    const reason = this.#reason;
    if (reason) throw new RingwireError(reason.code, { cause: reason });
  }

  /** The peer has broken the protocol. */
  #fail(reason: RingwireError): RingwireError {
    this.#transport.drop();
    this.#end(reason);
    return reason;
  }

  #end(reason: RingwireError): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#invocations.rejectAll(reason);
    this.#dispatcher.end(reason);
    this.#resolveClosed(reason);
  }
}

/** @throws {@link RingwireError} `ERR_RINGWIRE_TOO_LARGE` */
function checkCount(values: readonly unknown[]): void {
  if (values.length <= mostArguments) return;
  throw new RingwireError('ERR_RINGWIRE_TOO_LARGE', {
    detail: `${values.length} arguments, of at most ${mostArguments}; one may be a list of any length`,
  });
}

function corruption(detail: string): RingwireError {
  return new RingwireError('ERR_RINGWIRE_CORRUPT', { detail });
}
