import { describe, expect, it } from 'vitest';
import {
  medianInterval,
  ratioOf,
  summarize,
  thin,
  uncertainty,
} from '../../../bench/harness/measure/stats.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describe('summarize', () => {
  it('finds order statistics and the mean, whatever the order of the samples', () => {
    const shuffled = upTo(100).map((_, i) => ((i * 37) % 100) + 1);
    expect(summarize(shuffled)).toMatchObject({
      samples: 100,
      min: 1,
      p50: 50.5,
      p90: expect.closeTo(90.1),
      p99: expect.closeTo(99.01),
      max: 100,
      mean: 50.5,
    });
  });

  it('leaves the samples in their order', () => {
    const samples = [3, 1, 2];
    summarize(samples);
    expect(samples).toEqual([3, 1, 2]);
  });

  it('refuses to make a figure of nothing', () => {
    expect(() => summarize([])).toThrow('There are no samples to summarize');
  });
});

describe('the interval of the median', () => {
  it('has the bounds of the binomial distribution', () => {
    // n = 100: ranks 50 -+ 1.96 * 5, rounded outwards, as in tables for the sign test
    expect(medianInterval(upTo(100))).toEqual([41, 61]);
  });

  it('stays within the samples when they are few', () => {
    expect(medianInterval([7])).toEqual([7, 7]);
    expect(medianInterval([1, 2])).toEqual([1, 2]);
  });

  it('gets narrower with more samples of the same distribution', () => {
    const noise = (count: number): number[] => upTo(count).map((i) => 100 + ((i * 61) % 97));
    expect(uncertainty(noise(10_000))).toBeLessThan(uncertainty(noise(100)) / 5);
  });

  it('is unknown below six samples', () => {
    expect(uncertainty([1, 1, 1, 1, 1])).toBe(Number.POSITIVE_INFINITY);
    expect(uncertainty([1, 1, 1, 1, 1, 1])).toBe(0);
  });
});

describe('ratioOf', () => {
  it('compares pair by pair, not median by median', () => {
    // The second round was slow for both: a ratio of medians would hide that they agree.
    expect(ratioOf([100, 900, 100], [10, 90, 10])).toEqual({ p50: 10, min: 10, max: 10 });
    expect(ratioOf([10, 30, 20], [10, 10, 10])).toEqual({ p50: 2, min: 1, max: 3 });
  });

  it('refuses what is not in pairs', () => {
    expect(() => ratioOf([1, 2], [1])).toThrow('2 and 1 trials do not make pairs');
    expect(() => ratioOf([], [])).toThrow('do not make pairs');
  });
});

describe('thin', () => {
  it('keeps every k-th sample, in order, to a nanosecond', () => {
    expect(thin([0.12345, 1, 2, 3, 4], 3)).toEqual({ every: 2, values: [0.123, 2, 4] });
  });

  it('keeps all where there is room', () => {
    expect(thin(upTo(3), 3)).toEqual({ every: 1, values: [1, 2, 3] });
  });
});
