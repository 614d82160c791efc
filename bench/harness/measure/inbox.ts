import { WrongAnswer } from './check.ts';

/** Receives a burst of numbers 0, 1, 2, ... and says when it is whole; out of order is an error. */
export class Inbox {
  #received = 0;
  #expected = 0;
  #whole: (() => void) | undefined;
  #broken: ((error: Error) => void) | undefined;

  /** Resolves when the numbers below `count` have come, each in its turn. */
  expect(count: number): Promise<void> {
    this.#received = 0;
    this.#expected = count;
    return new Promise((resolve, reject) => {
      this.#whole = resolve;
      this.#broken = reject;
    });
  }

  receive(number: unknown): void {
    if (number !== this.#received) {
      this.#broken?.(new WrongAnswer(`message ${number} came in the place of ${this.#received}`));
      return;
    }
    this.#received++;
    if (this.#received === this.#expected) this.#whole?.();
  }
}
