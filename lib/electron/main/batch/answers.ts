import { isPrimitive, mostOpenCalls } from '../../batch/batch-buffer.ts';
import { leaveToStock } from '../../messenger.ts';
import type { BatchAnswers } from '../../protocol.ts';
import { snapshot } from '../../snapshot.ts';
import { errorAnswer, type SendAnswer } from '../dispatch/reply-channel.ts';

/** An answer that waits. */
interface Answer {
  readonly channel: string;
  readonly value: unknown;
}

/** To a call that came alone: it goes by the stock reply of that call. */
interface AloneAnswer extends Answer {
  readonly reply: SendAnswer;
}

/** To a call of a batch. */
interface BatchedAnswer extends Answer {
  readonly id: number;
}

/**
 * Answers the calls of one document that sends batches. Each batch with calls came by a stock
 * `invoke`, and the reply to any of these may hold whatever answers are ready. A call that came
 * alone has a stock reply of its own. So every answer is part of a stock reply, and all arrive in
 * the order in which they were given.
 */
export class Answers {
  /** Calls of batches without an answer. */
  #open = 0;
  /** The same, and those whose answer has not been sent. */
  #owed = 0;
  /** Given and not yet sent, oldest first. */
  readonly #ready: (BatchedAnswer | AloneAnswer)[] = [];
  /** Stock calls with batches that have not been answered. Never more than open calls. */
  readonly #replies: SendAnswer[] = [];
  readonly #isCloneable: (value: unknown) => boolean;
  /** Whether answers wait for others of the same turn, or of the same task. */
  #held = false;

  /** @param isCloneable whether Electron's serialiser accepts a value */
  constructor(isCloneable: (value: unknown) => boolean) {
    this.#isCloneable = isCloneable;
  }

  /** How many more calls of batches may be answered. */
  get room(): number {
    return mostOpenCalls - this.#owed;
  }

  /** Calls of a batch have come. */
  expect(calls: number): void {
    this.#open += calls;
    this.#owed += calls;
  }

  /** Others of this turn may follow: answers wait until {@link release}. */
  hold(): void {
    this.#held = true;
  }

  /** A stock call of the renderer that is to be answered with {@link BatchAnswers}. */
  offer(reply: SendAnswer): void {
    this.#replies.push(reply);
    if (!this.#held) this.#send();
  }

  /** Sends what is ready. */
  release(): void {
    this.#held = false;
    this.#send();
  }

  /** @throws `Error: An object could not be cloned.` */
  answer(id: number, channel: string, value: unknown): void {
    this.#ready.push({ id, channel, value: asItIsNow(value) });
    this.#open--;
    if (this.#held) return;
    this.#held = true;
    // Other answers that are given meanwhile go with it.
    queueMicrotask(() => this.release());
  }

  /**
   * Answers a call that came alone, after those that wait.
   *
   * @throws what `reply` throws, or the same as {@link answer}
   */
  answerAlone(channel: string, value: unknown, reply: SendAnswer): void {
    // A hostile document may never fetch what waits. What is behind it must not pile up.
    if (this.#ready.length === 0 || this.#ready.length >= mostOpenCalls) reply(value);
    else this.#ready.push({ reply, channel, value: asItIsNow(value) });
  }

  #send(): void {
    for (let [next] = this.#ready; next; [next] = this.#ready) {
      if (isAlone(next)) {
        this.#ready.shift();
        sendAlone(next);
        continue;
      }
      const reply = this.#replies.shift();
      if (!reply) return;
      this.#sendTogether(this.#takeBatched(), reply);
    }
    // One reply held several answers, so some `invoke`s have nothing left to wait for.
    while (this.#replies.length > this.#open) {
      this.#replies.shift()?.({ answers: [] } satisfies BatchAnswers);
    }
  }

  #sendTogether(ready: readonly BatchedAnswer[], reply: SendAnswer): void {
    this.#owed -= ready.length;
    const send = (of: (answer: BatchedAnswer) => unknown) =>
      reply({ answers: ready.map((each) => [each.id, of(each)]) } satisfies BatchAnswers);
    try {
      send(({ value }) => value);
    } catch (error) {
      // Electron cannot clone one of the values: the other answers must not fail with it.
      send(({ channel, value }) => {
        return this.#isCloneable(value) ? value : errorAnswer(channel, error as Error);
      });
    }
  }

  /** Those that one reply can hold. */
  #takeBatched(): BatchedAnswer[] {
    const end = this.#ready.findIndex(isAlone);
    return this.#ready.splice(0, end < 0 ? this.#ready.length : end) as BatchedAnswer[];
  }
}

function isAlone(answer: BatchedAnswer | AloneAnswer): answer is AloneAnswer {
  return 'reply' in answer;
}

function sendAlone({ reply, channel, value }: AloneAnswer): void {
  try {
    reply(value);
  } catch (error) {
    reply(errorAnswer(channel, error as Error));
  }
}

/** Electron's dispatcher puts the value into an object of its own. */
function asItIsNow(answer: unknown): unknown {
  if (Object.values(answer as object).every(isCloneablePrimitive)) return answer;
  try {
    return snapshot([answer])[0];
  } catch (error) {
    leaveToStock(error, answer);
    // Only Electron can clone images. It does so when the reply leaves.
    return answer;
  }
}

function isCloneablePrimitive(value: unknown): boolean {
  return isPrimitive(value) && typeof value !== 'symbol';
}
