/** Results of a small benchmark run that never was, with figures that are easy to check. */
import {
  measuredTrial,
  type Results,
  type ScenarioRecord,
  type TrialRecord,
} from '../../bench/harness/results.ts';

export const sendSync: ScenarioRecord = {
  group: 'electron',
  id: 'send-sync',
  title: 'sendSync, small',
  unit: 'us',
  target: { p50: 50, p99: 20 },
};

const idle: ScenarioRecord = {
  group: 'electron',
  id: 'idle',
  title: 'idle',
  unit: 'wake-ups/s',
};

export function trial(
  scenario: string,
  contender: string,
  round: number,
  samples: readonly number[],
  cpu?: number,
): TrialRecord {
  return measuredTrial(
    { group: 'electron', round, scenario, contender },
    {
      samples: Float64Array.from(samples),
      operations: samples.length,
      elapsed: samples.reduce((a, b) => a + b, 0) || 1_000_000,
      answersChecked: samples.length,
      ...(cpu !== undefined && { cpu: { caller: cpu * samples.length, answerer: 0 } }),
    },
  );
}

/** Two rounds of `sendSync`, in which ringwire is 40 and 60 times faster; and one of `idle`. */
export function smallResults(more: readonly TrialRecord[] = []): Results {
  return {
    format: 1,
    date: '2030-01-31T12:00:00.000Z',
    quick: false,
    seed: 7,
    rounds: 2,
    limits: { warmUp: 700, atLeast: 1500, atMost: 5000, precision: 0.01 },
    machine: {
      cpu: 'AMD EPYC',
      cores: 2,
      memoryGiB: 24,
      governor: 'unknown',
      virtual: true,
      system: 'Linux 6.1',
      arch: 'x64',
      node: '20.20.2',
      electron: '25.1.1',
      chromium: '114.0.5735.106',
      ringwire: '0.1.0',
      commit: '0123456789ab',
      changed: false,
      clockCost: 0.05,
      load: 0.2,
    },
    scenarios: [sendSync, idle],
    contenders: [
      { group: 'electron', id: 'stock', title: 'stock Electron' },
      { group: 'electron', id: 'ringwire', title: 'ringwire' },
    ],
    trials: [
      trial('send-sync', 'ringwire', 0, [5, 5, 5], 10),
      trial('send-sync', 'stock', 0, [200, 200, 200], 300),
      trial('send-sync', 'stock', 1, [600, 600, 600], 300),
      trial('send-sync', 'ringwire', 1, [10, 10, 10], 20),
      trial('idle', 'stock', 0, [4, 4, 4]),
      trial('idle', 'ringwire', 0, [0, 0, 0]),
      ...more,
    ],
  };
}
