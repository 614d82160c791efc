/** Repeats one operation: warm-up, then samples until there are enough or the time is up. */
import { now } from './clock.ts';
import { uncertainty } from './stats.ts';

/** When to stop. Times are milliseconds. */
export interface Limits {
  readonly warmUp: number;
  readonly atLeast: number;
  readonly atMost: number;
  /**
   * Enough when half the width of the median's confidence interval, relative to the median, is
   * this.
   */
  readonly precision: number;
  readonly patience?: Patience;
}

/** For slow operations: goes on after `atMost` until there are enough samples. */
export interface Patience {
  /** The fewest samples, whatever the time and the precision. */
  readonly samples: number;
  /** Milliseconds after which it ends in any case. */
  readonly atMost: number;
}

/**
 * Does the thing once and checks the answer. Returns the microseconds of one message or call,
 * without the check.
 */
export type Operation = () => number | Promise<number>;

export interface Work {
  readonly operation: Operation;
  /** Messages or calls that one operation makes; its time is per message. */
  readonly messages: number;
}

/**
 * V8 compiles code after some thousand calls, so a warm-up needs messages and not only time: on a
 * busy machine `invoke` became fast only after 5000 of them.
 */
const warmMessages = 5000;
/**
 * How many times `warmUp` they may take at most. (Large messages do not depend on the compiler.)
 */
const warmUpsForMessages = 3;

/** Milliseconds. */
export function longestWarmUp({ warmUp }: Limits): number {
  return warmUpsForMessages * warmUp;
}

/** Milliseconds after which measuring ends, whatever it has found. */
export function longestMeasuring({ atMost, patience }: Limits): number {
  return Math.max(atMost, patience?.atMost ?? 0);
}

export interface Measured {
  /** Microseconds of each operation, in the order they were done. */
  readonly samples: Float64Array;
  /** Microseconds from the first to the last of them, including checks. */
  readonly elapsed: number;
}

/** `onWarm` is called between warm-up and measuring. */
export async function measure(
  { operation, messages }: Work,
  limits: Limits,
  onWarm: () => unknown = () => {},
  clock: () => number = now,
): Promise<Measured> {
  const begin = clock();
  let done = 0;
  const isWarm = (): boolean => {
    const milliseconds = (clock() - begin) / 1000;
    if (milliseconds < limits.warmUp) return false;
    return done >= warmMessages || milliseconds >= longestWarmUp(limits);
  };
  do {
    const time = operation();
    if (typeof time !== 'number') await time; // a synchronous call stays within one turn
    done += messages;
  } while (!isWarm());
  await onWarm();

  const samples = new Samples();
  const start = clock();
  const earliest = start + limits.atLeast * 1000;
  const wanted = limits.patience?.samples ?? 1;
  const latest = start + limits.atMost * 1000;
  const latestOfAll = start + longestMeasuring(limits) * 1000;
  // Computing the interval sorts all samples, so this takes 5 % of the time at most.
  let nextLook = earliest;
  while (true) {
    const time = operation();
    samples.push(typeof time === 'number' ? time : await time);
    const moment = clock();
    const enough = samples.count >= wanted;
    if (moment >= (enough ? latest : latestOfAll)) break;
    if (!enough || moment < nextLook) continue;
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

  get count(): number {
    return this.#length;
  }

  values(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}
