import { setImmediate } from 'node:timers/promises';
import { median } from 'simple-statistics';
import { now } from '../harness/measure/clock.ts';

/** Milliseconds for V8's compilers, and then of measuring. */
const warmUp = 100;
const measured = 200;

/**
 * Microseconds of one operation: the median of batches. `batch` does `count` operations one after the
 * other, and returns the microseconds that they took.
 */
export async function medianOf(
  count: number,
  batch: (count: number) => number | Promise<number>,
): Promise<number> {
  const end = now() + (warmUp + measured) * 1000;
  const warm = now() + warmUp * 1000;
  const times: number[] = [];
  while (now() < end || times.length === 0) {
    const isWarm = now() >= warm;
    const time = await batch(count);
    if (isWarm) times.push(time / count);
    await setImmediate(); // what a batch left to the event loop does not burden the next one
  }
  return median(times);
}

/** The time of so many operations. */
export function timed(count: number, operation: () => void): number {
  const start = now();
  for (let i = 0; i < count; i++) operation();
  return now() - start;
}
