import { failureOf, failureOfHandler } from './failure.ts';
import { handlerOf, type Listeners, listenersOf } from './listeners.ts';
import type { Messenger } from './messenger.ts';
import { Request, watchUnanswered } from './request.ts';
import type { Handler, Listener, MessageEvent, RequestEvent } from './types.ts';

/** The connection that events have as their sender. */
export interface ReplyingSender {
  send(channel: string, ...args: unknown[]): void;
}

/** Brings what the peer sends to the listeners and handlers of this side. */
export class Dispatcher<Sender extends ReplyingSender> {
  readonly #sender: Sender;
  readonly #messenger: Messenger;
  /** In order: the peer's own, then those of the server for all its peers. */
  readonly #scopes: readonly Listeners<Sender>[];
  readonly #running: Map<number, Request> = new Map();

  constructor(sender: Sender, messenger: Messenger, scopes: readonly Listeners<Sender>[]) {
    this.#sender = sender;
    this.#messenger = messenger;
    this.#scopes = scopes;
  }

  /** A message nobody answers. What a listener throws leaves this function. */
  event(channel: string, values: readonly unknown[]): void {
    const listeners = this.#listenersOf(channel);
    if (listeners === undefined) return;
    emit(listeners, new ReceivedEvent(this.#sender, undefined), values);
  }

  /** A message whose sender blocks. What a listener throws leaves this function. */
  call(sequence: number, channel: string, values: readonly unknown[]): void {
    const request = new Request(this.#messenger, true, sequence, channel);
    const listeners = this.#listenersOf(channel);
    if (listeners === undefined) {
      request.reject(failureOf('ERR_RINGWIRE_NO_HANDLER', `sendSync('${channel}')`));
      return;
    }
    const event = new ReceivedEvent(this.#sender, request);
    try {
      emit(listeners, event, values);
    } catch (error) {
      request.reject(failureOfHandler(channel, error));
      throw error;
    }
    if (!request.answered) watchUnanswered(event, request);
  }

  /** A message whose sender awaits a promise. Never throws. */
  invoke(id: number, channel: string, values: readonly unknown[]): void {
    const request = new Request(this.#messenger, false, id, channel);
    const handler = this.#handlerOf(channel);
    if (handler === undefined) {
      request.reject(failureOf('ERR_RINGWIRE_NO_HANDLER', `invoke('${channel}')`));
      return;
    }
    const event = new ReceivedEvent(this.#sender, request);
    try {
      const result = handler(event, ...values);
      if (isThenable(result)) this.#await(id, event, request, result);
      else request.resolve(result);
    } catch (error) {
      request.reject(failureOfHandler(channel, error));
    }
  }

  /** The sender of request `id` does not wait any more. */
  cancel(id: number): void {
    this.#running.get(id)?.abandon(undefined);
    this.#running.delete(id);
  }

  /** The connection has ended: nobody waits any more. */
  end(reason: unknown): void {
    for (const request of this.#running.values()) request.abandon(reason);
    this.#running.clear();
  }

  #await(
    id: number,
    event: ReceivedEvent<Sender>,
    request: Request,
    result: PromiseLike<unknown>,
  ): void {
    // No ringwire uses a number twice: whoever does cannot cancel the first any more.
    this.#running.get(id)?.abandon(undefined);
    this.#running.set(id, request);
    watchUnanswered(event, request);
    // Both callbacks hold the event, so it lives as long as the promise can settle.
    const take = (): Request => {
      if (this.#running.get(id) === request) this.#running.delete(id);
      return requestOf(event) as Request;
    };
    Promise.resolve(result)
      .then((value) => take().resolve(value))
      .catch((error) => take().reject(failureOfHandler(request.channel, error)));
  }

  #listenersOf(channel: string): readonly Listener<Sender>[] | undefined {
    let all: readonly Listener<Sender>[] | undefined;
    for (const scope of this.#scopes) {
      const some = listenersOf(scope, channel);
      if (some !== undefined) all = all === undefined ? some : [...all, ...some];
    }
    return all;
  }

  #handlerOf(channel: string): Handler<Sender> | undefined {
    for (const scope of this.#scopes) {
      const handler = handlerOf(scope, channel);
      if (handler !== undefined) return handler;
    }
    return undefined;
  }
}

/** The event of listeners and of handlers; the types show each what applies to it. */
class ReceivedEvent<Sender extends ReplyingSender>
  implements MessageEvent<Sender>, RequestEvent<Sender>
{
  static requestOf(event: ReceivedEvent<ReplyingSender>): Request | undefined {
    return event.#request;
  }

  readonly sender: Sender;
  readonly #request: Request | undefined;

  constructor(sender: Sender, request: Request | undefined) {
    this.sender = sender;
    this.#request = request;
  }

  get returnValue(): unknown {
    return undefined;
  }

  set returnValue(value: unknown) {
    if (this.#request?.isCall) this.#request.resolve(value);
  }

  get signal(): AbortSignal {
    return this.#request?.signal ?? new AbortController().signal;
  }

  reply(channel: string, ...args: unknown[]): void {
    this.sender.send(channel, ...args);
  }
}

const { requestOf } = ReceivedEvent;

function emit<Sender>(
  listeners: readonly Listener<Sender>[],
  event: MessageEvent<Sender>,
  values: readonly unknown[],
): void {
  for (const listener of listeners) listener(event, ...values);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}
