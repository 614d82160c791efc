/** An operation, measured together with the CPU time that both ends spent on it. */

import type { CpuTime, Measurement } from '../trials/trial.ts';
import { type Limits, measure, type Work } from './measure.ts';

/** CPU time that each end has used since it started, in microseconds. */
export type CpuReading = () => Promise<CpuTime>;

export async function measureWork(
  { operation, messages }: Work,
  limits: Limits,
  readCpu: CpuReading,
): Promise<Measurement> {
  let calls = 0;
  let before: CpuTime = { caller: 0, answerer: 0 };
  const { samples, elapsed } = await measure(
    {
      messages,
      operation: () => {
        calls++;
        return operation();
      },
    },
    limits,
    async () => {
      before = await readCpu();
    },
  );
  const after = await readCpu();
  return {
    samples,
    operations: samples.length * messages,
    elapsed,
    answersChecked: calls * messages,
    cpu: spent(before, after),
  };
}

export function spent(before: CpuTime, after: CpuTime): CpuTime {
  return {
    caller: after.caller - before.caller,
    answerer:
      after.answerer === null || before.answerer === null ? null : after.answerer - before.answerer,
  };
}

/** Of this process, all its threads. */
export function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
