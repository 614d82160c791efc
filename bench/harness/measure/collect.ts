import type { Measurement } from '../trials/trial.ts';
import { now } from './clock.ts';
import type { Limits } from './measure.ts';

/**
 * Takes samples until the time is up, for what happens once in the life of a window or a process.
 *
 * @param take does it once and checks the answers; its samples are microseconds
 */
export async function collect(
  { atMost }: Limits,
  take: () => Promise<readonly number[]>,
): Promise<Measurement> {
  await take(); // the first one reads files that are not in memory yet
  const samples: number[] = [];
  const begin = now();
  do samples.push(...(await take()));
  while (now() - begin < atMost * 1000);
  const operations = samples.length;
  return {
    samples: Float64Array.from(samples),
    operations,
    elapsed: now() - begin,
    answersChecked: operations,
  };
}
