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
  readonly patience?: Patience;
}

/** For what is so slow that `atMost` has a handful of samples: it goes on for more of them. */
export interface Patience {
  /** Fewer are not enough, whatever the time and the precision. */
  readonly samples: number;
  /** Milliseconds, after which it ends all the same. */
  readonly atMost: number;
}

/**
 * Does the thing once, checks the answer, and returns the microseconds of one message or call,
 * the check not counted.
 */
export type Operation = () => number | Promise<number>;

export interface Work {
  readonly operation: Operation;
  /** Messages or calls that one operation makes; its time is per message. */
  readonly messages: number;
}

/**
 * Code is compiled after some thousand calls, by threads that take a core from those who talk, so
 * time alone does not warm anything up: on a busy machine a thousand `invoke` of ringwire in flight
 * took 70 to 450 us each until there had been 5000 of them, and 10 from then on (with V8's
 * `--no-opt` 40, always).
 */
const warmMessages = 5000;
/** How many times `warmUp` it may take to do so many. Large messages depend on no compiler. */
const warmUpsForMessages = 3;

/** Milliseconds. */
export function longestWarmUp({ warmUp }: Limits): number {
  return warmUpsForMessages * warmUp;
}

/** Milliseconds of measuring, after which it ends whatever it has found. */
export function longestMeasuring({ atMost, patience }: Limits): number {
  return Math.max(atMost, patience?.atMost ?? 0);
}

export interface Measured {
  /** Microseconds of each operation, in the order they were done. */
  readonly samples: Float64Array;
  /** Microseconds from the first to the last of them, checks and all. */
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
  // A look at the interval sorts everything: so seldom that it costs a small part of the time.
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
