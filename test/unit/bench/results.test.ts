import { describe, expect, it } from 'vitest';
import { machineLine, machineSlug } from '../../../bench/harness/machine.ts';
import { folderName, measuredTrial, stringify } from '../../../bench/harness/results.ts';
import { smallResults } from '../../helpers/bench-results.ts';

describe('measuredTrial', () => {
  it('sums up all samples and keeps some of them', () => {
    const head = { group: 'node', round: 2, scenario: 'node-call', contender: 'ringwire' } as const;
    const trial = measuredTrial(head, {
      samples: Float64Array.from({ length: 2000 }, (_, i) => i),
      operations: 2000,
      elapsed: 4_000_000,
      answersChecked: 2100,
      cpu: { caller: 10, answerer: null },
    });
    expect(trial).toMatchObject({ ...head, throughput: 500, answersChecked: 2100 });
    expect(trial.summary).toMatchObject({ samples: 2000, p50: 999.5, max: 1999 });
    expect(trial.samples.every).toBe(40);
    expect(trial.samples.values).toHaveLength(50);
    expect(trial.cpu).toEqual({ caller: 10, answerer: null });
    expect(trial).not.toHaveProperty('details');
  });
});

describe('stringify', () => {
  it('gives back what it was given, with one line per trial', () => {
    const results = smallResults();
    const text = stringify(results);
    expect(JSON.parse(text)).toEqual(results);
    const trials = text.split('\n').filter((line) => line.includes('"answersChecked"'));
    expect(trials).toHaveLength(results.trials.length);
  });
});

describe('names', () => {
  it('say when and on what, and that a run is not whole', () => {
    const date = '2030-01-31T23:59:59.000Z';
    expect(folderName(date, 'amd-epyc-2', 'whole')).toBe('2030-01-31-amd-epyc-2');
    expect(folderName(date, 'amd-epyc-2', 'quick')).toBe('2030-01-31-amd-epyc-2-quick');
    expect(folderName(date, 'amd-epyc-2', 'part')).toBe('2030-01-31-amd-epyc-2-part');
    expect(folderName(date, 'amd-epyc-2', 'whole', '25.1.1')).toBe(
      '2030-01-31-amd-epyc-2-electron-25.1.1',
    );
  });

  it.each([
    ['AMD EPYC', 2, 'amd-epyc-2'],
    ['Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz', 4, 'intel-xeon-platinum-8370c-4'],
    ['AMD Ryzen 9 7950X 16-Core Processor', 32, 'amd-ryzen-9-7950x-32'],
    ['AMD Ryzen 7 5700G with Radeon Graphics', 16, 'amd-ryzen-7-5700g-16'],
    ['', 1, 'unknown-1'],
  ])('make a folder of %j with %i cores', (cpu, cores, slug) => {
    expect(machineSlug({ cpu, cores })).toBe(slug);
  });

  it('name hardware and versions in one line', () => {
    const { machine } = smallResults();
    expect(machineLine(machine)).toBe(
      'AMD EPYC, 2 virtual cores, Linux 6.1 · ' +
        'Electron 25.1.1 (Chromium 114) · Node 20.20.2 · ringwire 0.1.0 (0123456)',
    );
    expect(machineLine({ ...machine, electron: null, changed: true })).toBe(
      'AMD EPYC, 2 virtual cores, Linux 6.1 · Node 20.20.2 · ringwire 0.1.0 (0123456, changed)',
    );
  });
});
