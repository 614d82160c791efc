/** Summaries of samples. Everything here is pure; times are microseconds unless a name says else. */
import { mean, median, quantileSorted } from 'simple-statistics';

export interface Summary {
  readonly samples: number;
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
  readonly mean: number;
  /** 95 % confidence interval of the median. */
  readonly medianLow: number;
  readonly medianHigh: number;
}

export interface Ratio {
  /** Median of the ratios of all pairs. */
  readonly p50: number;
  readonly min: number;
  readonly max: number;
}

export function summarize(samples: ArrayLike<number>): Summary {
  if (samples.length === 0) throw new RangeError('There are no samples to summarize');
  const sorted = Float64Array.from(samples).sort() as unknown as number[];
  const [medianLow, medianHigh] = medianInterval(sorted);
  return {
    samples: sorted.length,
    min: at(sorted, 0),
    p50: quantileSorted(sorted, 0.5),
    p90: quantileSorted(sorted, 0.9),
    p99: quantileSorted(sorted, 0.99),
    max: at(sorted, sorted.length - 1),
    mean: mean(sorted),
    medianLow,
    medianHigh,
  };
}

/**
 * The two samples between which the true median lies in 95 of 100 cases, for any distribution
 * (binomial, approximated by the normal distribution). Takes sorted samples.
 */
export function medianInterval(sorted: ArrayLike<number>): [low: number, high: number] {
  const n = sorted.length;
  const half = (1.96 * Math.sqrt(n)) / 2;
  const low = Math.max(0, Math.floor(n / 2 - half));
  const high = Math.min(n - 1, Math.ceil(n / 2 + half));
  return [at(sorted, low), at(sorted, high)];
}

/** Half the width of the median's interval, relative to the median; infinite for few samples. */
export function uncertainty(samples: ArrayLike<number>): number {
  if (samples.length < 6) return Number.POSITIVE_INFINITY; // no 95 % interval exists below six
  const sorted = Float64Array.from(samples).sort();
  const [low, high] = medianInterval(sorted);
  return (high - low) / 2 / at(sorted, sorted.length >> 1);
}

/** How many times faster the contender is, pair by pair of the same round: baseline / contender. */
export function ratioOf(baseline: readonly number[], contender: readonly number[]): Ratio {
  if (baseline.length !== contender.length || baseline.length === 0) {
    throw new RangeError(`${baseline.length} and ${contender.length} trials do not make pairs`);
  }
  const ratios = baseline.map((value, i) => value / at(contender, i));
  return { p50: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}

/** Every k-th sample in the order they were taken, so that at most `limit` remain. */
export function thin(
  samples: ArrayLike<number>,
  limit: number,
): { every: number; values: number[] } {
  const every = Math.max(1, Math.ceil(samples.length / limit));
  const values: number[] = [];
  for (let i = 0; i < samples.length; i += every) values.push(rounded(at(samples, i)));
  return { every, values };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function at(values: ArrayLike<number>, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no sample ${index} of ${values.length}`);
  return value;
}
