/** Throughput of many windows at once: each counts its answers by slices of one common clock. */
import { sum } from 'simple-statistics';
import type { CpuTime, Measurement } from '../trials/trial.ts';
import { type Limits, longestWarmUp } from './measure.ts';

const slice = 100_000;

export interface SliceCounter {
  /** Microseconds of the common clock, as `begin`. */
  readonly start: number;
  readonly end: number;
  /** Counts one answer that came at this moment. The warm-up and late answers are left out later. */
  count(moment: number): void;
  /** Answers in each slice, for {@link together}. */
  measurement(cpu: CpuTime): Measurement;
}

/** @param patience - how many times as long as usual it warms up */
export function sliced(begin: number, limits: Limits, patience = 1): SliceCounter {
  const warmUp = Math.ceil((longestWarmUp(limits) * patience * 1000) / slice);
  const measured = Math.ceil((limits.atMost * 1000) / slice);
  const start = begin + warmUp * slice;
  const end = start + measured * slice;
  // The warm-up is counted, too: if it ran other code, V8 would have to compile again when it ends.
  const counts = new Float64Array(warmUp + measured);
  let all = 0;
  return {
    start,
    end,
    count(moment) {
      all++;
      const index = Math.floor((moment - begin) / slice);
      const counted = counts[index];
      if (counted !== undefined) counts[index] = counted + 1;
    },
    measurement: (cpu) => {
      const samples = counts.slice(warmUp);
      return {
        samples,
        operations: sum([...samples]),
        elapsed: measured * slice,
        answersChecked: all,
        cpu,
      };
    },
  };
}

/**
 * Turns the counts of all windows into a cost per answer: the time of a slice divided by its
 * answers.
 */
export function together(windows: readonly Measurement[]): Measurement {
  const [first] = windows;
  if (first === undefined) throw new RangeError('There are no windows');
  const counts = first.samples.map((_, i) => sum(windows.map(({ samples }) => samples[i] ?? 0)));
  if (sum([...counts]) === 0) throw new Error('no window got an answer in time');
  return {
    // A slice without any answer counts as one with one answer, so that a stall shows.
    samples: counts.map((count) => slice / Math.max(count, 1)),
    operations: sum([...counts]),
    elapsed: first.elapsed,
    answersChecked: sum(windows.map(({ answersChecked }) => answersChecked)),
    cpu: {
      caller: sum(windows.map(({ cpu }) => cpu?.caller ?? 0)),
      answerer: Math.max(...windows.map(({ cpu }) => cpu?.answerer ?? 0)),
    },
    ...(windows.length > 1 && { details: fairness(windows) }),
  };
}

/** A window that got no answer while others did is a finding, not a failure. */
function fairness(windows: readonly Measurement[]): Record<string, number> {
  const answers = windows.map(({ operations }) => operations);
  return {
    'answers to the slowest window': Math.min(...answers),
    'to the fastest': Math.max(...answers),
  };
}
