/** The loop around one operation: warm-up, then samples until they are enough or the time is up. */
import { now } from './clock.ts';
import { uncertainty } from './stats.ts';

/** When to stop. Times are milliseconds. */
export interface Limits {
  readonly warmUp: number;
  readonly atLeast: number;
  readonly atMost: number;
  /** Enough, when the interval of the median is so narrow: half its width relative to the median. */
  readonly precision: number;
}

/**
 * Does the thing once, checks the answer, and returns the microseconds of one message or call,
 * the check not counted.
 */
export type Operation = () => number | Promise<number>;

export interface Measured {
  /** Microseconds of each operation, in the order they were done. */
  readonly samples: Float64Array;
  /** Microseconds from the first to the last of them, checks and all. */
  readonly elapsed: number;
}

/** `onWarm` is called between warm-up and measuring. */
export async function measure(
  operation: Operation,
  limits: Limits,
  onWarm: () => unknown = () => {},
  clock: () => number = now,
): Promise<Measured> {
  const warm = clock() + limits.warmUp * 1000;
  do {
    const time = operation();
    if (typeof time !== 'number') await time; // a synchronous call stays within one turn
  } while (clock() < warm);
  await onWarm();

  const samples = new Samples();
  const start = clock();
  const earliest = start + limits.atLeast * 1000;
  const latest = start + limits.atMost * 1000;
  // A look at the interval sorts everything: so seldom that it costs a small part of the time.
  let nextLook = earliest;
  while (true) {
    const time = operation();
    samples.push(typeof time === 'number' ? time : await time);
    const moment = clock();
    if (moment >= latest) break;
    if (moment < nextLook) continue;
    if (uncertainty(samples.values()) <= limits.precision) break;
    const cost = clock() - moment;
    nextLook = moment + 20 * cost;
  }
  return { samples: samples.values(), elapsed: clock() - start };
}

/** A list of numbers that grows without an allocation per number. */
class Samples {
  #values = new Float64Array(4096);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}
