/** Sends the answer to one request. Throws for a value that cannot be cloned. */
export type SendAnswer = (value: unknown) => void;

/** What stock answers when nobody holds a request's event any more. */
const neverSent = { error: 'reply was never sent' };

/** What Electron's dispatcher makes of the error of a handler: it prints it, and answers its text. */
export function errorAnswer(channel: string, error: Error): { error: string } {
  console.error(`Error occurred in handler for '${channel}':`, error);
  return { error: error.toString() };
}

/** Holds how to answer the requests whose channels, and so their events, are gone. */
const abandoned = new FinalizationRegistry<SendAnswer>((answer) => answer(neverSent));

/** The request that was dispatched last, if it had no answer then. */
let latest: ReplyChannel | undefined;

/**
 * To be called when a turn of deliveries ends, with the ticks and microtasks of its last message
 * done: what is open from here on is watched, so the next garbage collection finds it.
 */
export function endTurn(): void {
  latest?.watch();
  latest = undefined;
}

/** Electron's `event._replyChannel`: the first answer counts, later ones are ignored. */
export class ReplyChannel {
  #answer: SendAnswer | undefined;
  #watched = false;
  /**
   * A property of each object, and of length 0, as in Electron: whoever prints an event sees it.
   *
   * @returns false when there was an answer before
   * @throws what the answer throws for a value that cannot be cloned; the request stays open
   */
  readonly sendReply = (value: unknown = undefined): boolean => this.#send(value);

  constructor(answer: SendAnswer) {
    this.#answer = answer;
  }

  /**
   * To be called when the request has been dispatched: should the event be collected without an
   * answer, {@link neverSent} is one. Most requests are answered before the next is dispatched or the
   * turn ends; to watch one costs 0.37 µs, eight times what making it does, so only the others are.
   */
  expectAnswer(): void {
    if (!this.#answer) return;
    latest?.watch();
    latest = this;
  }

  /** The same at once, for a request that has little hope: its listener has thrown. */
  watch(): void {
    if (!this.#answer) return;
    this.#watched = true;
    abandoned.register(this, this.#answer, this);
  }

  #send(value: unknown): boolean {
    const answer = this.#answer;
    if (!answer) return false;
    answer(value);
    this.#answer = undefined;
    if (this.#watched) abandoned.unregister(this);
    return true;
  }
}

// Electron's own is of a class without a name, so printing one shows a plain object.
Object.defineProperty(ReplyChannel, 'name', { value: '' });
