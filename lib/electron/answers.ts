import { isPrimitive } from './collected.ts';
import { cloneError } from './messenger.ts';
import { holdsNativeImage } from './native-image.ts';
import type { BatchAnswers } from './pairing.ts';
import type { SendAnswer } from './reply-channel.ts';
import { snapshot } from './snapshot.ts';

/**
 * Answers to the calls of one document that takes batches. Every batch with calls came by a stock
 * `invoke`, and any of those that are open may carry whatever answers are ready. So answers take
 * the way of stock's own, and arrive in the order in which they were given.
 */
export class Answers {
  /** Calls without an answer. */
  #open = 0;
  #ready: [id: number, answer: unknown][] = [];
  /** Stock calls of the renderer that have not been answered. Never more than open calls. */
  readonly #replies: SendAnswer[] = [];
  /** Whether answers wait: for the rest of their batch, or for others of the same moment. */
  #held = false;

  /** A batch is about to be dispatched; until its {@link release} answers are collected. */
  expect(calls: number): void {
    this.#open += calls;
    this.#held = true;
  }

  /** A stock call of the renderer that is to be answered with {@link BatchAnswers}. */
  offer(reply: SendAnswer): void {
    this.#replies.push(reply);
    if (!this.#held) this.#send();
  }

  /** Lets go what is ready. */
  release(): void {
    this.#held = false;
    this.#send();
  }

  /** @throws `Error: An object could not be cloned.` */
  answer(id: number, value: unknown): void {
    this.#ready.push([id, asItIsNow(value)]);
    this.#open--;
    if (this.#held) return;
    this.#held = true;
    // Others of the same moment go with it.
    queueMicrotask(() => this.release());
  }

  #send(): void {
    if (this.#ready.length > 0) {
      const reply = this.#replies.shift();
      if (!reply) return;
      const answers = this.#ready;
      this.#ready = [];
      reply({ answers } satisfies BatchAnswers);
    }
    // One answered several: the others have nothing to wait for.
    while (this.#replies.length > this.#open) {
      this.#replies.shift()?.({ answers: [] } satisfies BatchAnswers);
    }
  }
}

/** What Electron's dispatcher answers with is an object made for it, around the value. */
function asItIsNow(answer: unknown): unknown {
  if (Object.values(answer as object).every(isCloneablePrimitive)) return answer;
  try {
    return snapshot([answer])[0];
  } catch {
    // Electron carries images, as they are when the answers leave.
    if (holdsNativeImage(answer)) return answer;
    throw cloneError();
  }
}

function isCloneablePrimitive(value: unknown): boolean {
  return isPrimitive(value) && typeof value !== 'symbol';
}
