import type { Failure } from './failure.ts';
import { failureOf } from './failure.ts';
import { MessageKind } from './message-head.ts';
import { isEnd, type Messenger } from './messenger.ts';

/** A request of the peer, which waits for exactly one answer. */
export class Request {
  readonly isCall: boolean;
  readonly channel: string;
  readonly #messenger: Messenger;
  readonly #number: number;
  #answered = false;
  #abortion: AbortController | undefined = undefined;

  /** `number` is the sequence of a blocking call, or the id of an invoke. */
  constructor(messenger: Messenger, isCall: boolean, number: number, channel: string) {
    this.#messenger = messenger;
    this.isCall = isCall;
    this.#number = number;
    this.channel = channel;
  }

  get answered(): boolean {
    return this.#answered;
  }

  /** Aborted when nobody waits any more. */
  get signal(): AbortSignal {
    this.#abortion ??= new AbortController();
    return this.#abortion.signal;
  }

  /** The caller has gone: there is nothing to answer. */
  abandon(reason: unknown): void {
    if (this.#answered) return;
    this.#answered = true;
    this.#abortion ??= new AbortController();
    this.#abortion.abort(reason);
  }

  /** Only the first answer counts. @throws when the value cannot be sent; it may be tried again */
  resolve(value: unknown): void {
    this.#answer(MessageKind.Result, [value]);
  }

  /** Only the first answer counts. */
  reject(failure: Failure): void {
    this.#answer(MessageKind.Failure, failure);
  }

  #answer(kind: MessageKind, values: readonly unknown[]): void {
    if (this.#answered) return;
    try {
      if (this.isCall) this.#messenger.reply(kind, this.#number, values);
      else this.#messenger.sendAlways(kind, this.#number, values);
    } catch (error) {
      // The connection has ended, so nobody waits for the answer.
      if (!isEnd(error)) throw error;
    }
    this.#answered = true;
  }
}

/**
 * Answers requests whose event was garbage-collected. Nobody else can, and the peer would wait for
 * ever.
 */
const unanswered = new FinalizationRegistry<Request>((request) => {
  request.reject(failureOf('ERR_RINGWIRE_NO_REPLY', `'${request.channel}'`));
});

/** Watches an unanswered request. Whatever can still answer it must hold `event`. */
export function watchUnanswered(event: object, request: Request): void {
  unanswered.register(event, request);
}
