import { describe, expect, it } from 'vitest';
import { sliced, together } from '../../../bench/harness/measure/slices.ts';

describe('slices', () => {
  const limits = { warmUp: 100, atLeast: 200, atMost: 300, precision: 0.01 };

  it('counts after the warm-up and before the end, by the common clock', () => {
    const counter = sliced(1_000_000, limits);
    expect([counter.start, counter.end]).toEqual([1_300_000, 1_600_000]);
    for (const moment of [1_299_999, 1_300_000, 1_399_999, 1_550_000, 1_600_000]) {
      counter.count(moment);
    }
    const { samples, operations, answersChecked } = counter.measurement({ caller: 0, answerer: 0 });
    expect([...samples]).toEqual([2, 0, 1]);
    expect([operations, answersChecked]).toEqual([3, 5]);
  });

  const window = (answers: number[], caller: number, answerer: number) => ({
    samples: Float64Array.from(answers),
    operations: answers.reduce((a, b) => a + b, 0),
    elapsed: 300_000,
    answersChecked: 10,
    cpu: { caller, answerer },
  });

  it('makes one throughput of all windows, and does not hide a stall', () => {
    const found = together([window([10, 0, 30], 5, 100), window([10, 0, 20], 6, 101)]);
    expect([...found.samples]).toEqual([5000, 100_000, 2000]);
    expect(found).toMatchObject({
      operations: 70,
      answersChecked: 20,
      cpu: { caller: 11, answerer: 101 },
      details: { 'answers to the slowest window': 30, 'to the fastest': 40 },
    });
  });

  it('tells that a window got nothing while the others were busy', () => {
    const { samples, details } = together([window([10, 10], 0, 0), window([0, 0], 0, 0)]);
    expect([...samples]).toEqual([10_000, 10_000]);
    expect(details).toEqual({ 'answers to the slowest window': 0, 'to the fastest': 20 });
  });

  it('compares nothing where there is one window', () => {
    expect(together([window([10], 0, 0)])).not.toHaveProperty('details');
  });

  it('fails when no window got anything', () => {
    expect(() => together([window([0, 0], 0, 0), window([0, 0], 0, 0)])).toThrow(
      'no window got an answer in time',
    );
  });
});
