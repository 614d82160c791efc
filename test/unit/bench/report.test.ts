import { describe, expect, it } from 'vitest';
import {
  duration,
  inUnit,
  markdownTable,
  percent,
  rate,
  significant,
  times,
} from '../../../bench/report/format.ts';
import { plots } from '../../../bench/report/plots/plot.ts';
import { headlines, numbers, withNumbers } from '../../../bench/report/readme.ts';
import { failures, rowsOf } from '../../../bench/report/rows.ts';
import { crossTable, reportMarkdown, shortTable } from '../../../bench/report/table.ts';
import { electronScenarios } from '../../../bench/scenarios/electron.ts';
import { feelScenarios } from '../../../bench/scenarios/feel.ts';
import { smallResults, trial } from '../../helpers/bench-results.ts';

const axis = 'bytes' as const;

const failed = {
  group: 'electron',
  round: 1,
  scenario: 'send-sync',
  contender: 'ringwire',
  failed: 'ringwire has to be on path ring, and is on stock\n    at app.cjs:1',
} as const;

describe('numbers', () => {
  it.each([
    [0.0456, '0.046 µs'],
    [2.5, '2.5 µs'],
    [12.34, '12.3 µs'],
    [480, '480 µs'],
    [1000, '1 ms'],
    [8301, '8.3 ms'],
    [2_000_000, '2 s'],
  ])('show %d us as %s', (microseconds, text) => {
    expect(duration(microseconds)).toBe(text);
  });

  it('keep the digits before the point', () => {
    expect([0, 7.004, 123.4, 98_765, 1000].map(significant)).toEqual([
      '0',
      '7',
      '123',
      '98765',
      '1000',
    ]);
    expect([1.04, 9.94, 9.96, 51.6].map(times)).toEqual(['1.0×', '9.9×', '10×', '52×']);
    expect([8, 1500, 2_340_000].map(rate)).toEqual(['8 /s', '1.5 k/s', '2.34 M/s']);
    expect(percent(0.0312)).toBe('3.12 %');
  });

  it('have the unit of their scenario', () => {
    expect(inUnit(1500, 'us')).toBe('1.5 ms');
    expect(inUnit(4.02, 'wake-ups/s')).toBe('4.02/s');
    expect(inUnit(103.4, 'MiB')).toBe('103 MiB');
  });

  it('line up in a table, also in its source', () => {
    expect(
      markdownTable(
        ['', 'p50'],
        [
          ['sendSync', '5 µs'],
          ['a', '12.5 µs'],
        ],
      ),
    ).toBe(
      [
        '|          |     p50 |',
        '|----------|--------:|',
        '| sendSync |    5 µs |',
        '| a        | 12.5 µs |',
      ].join('\n'),
    );
  });
});

describe('rowsOf', () => {
  it('compares the trials of a round with each other, and gives the median of all rounds', () => {
    const [stock, ringwire] = rowsOf(smallResults());
    expect(stock).toMatchObject({ baseline: true, p50: 400, trials: 2, samples: 6, cpu: 300 });
    expect(stock).not.toHaveProperty('ratio');
    expect(ringwire).toMatchObject({
      baseline: false,
      p50: 7.5,
      cpu: 15,
      ratio: {
        p50: { p50: 50, min: 40, max: 60 },
        p99: { p50: 50 },
        cpu: { p50: 22.5, min: 15, max: 30 },
      },
    });
  });

  it('says how far the rounds lie apart', () => {
    const [stock, ringwire] = rowsOf(smallResults());
    expect(stock?.spread).toBeCloseTo(0.5); // 200 and 600
    expect(ringwire?.spread).toBeCloseTo(1 / 3); // 5 and 10
  });

  it('has no ratio to nothing', () => {
    const idle = rowsOf(smallResults()).filter(({ scenario }) => scenario.id === 'idle');
    expect(idle.map(({ p50, ratio }) => [p50, ratio])).toEqual([
      [4, undefined],
      [0, undefined],
    ]);
  });

  it('leaves out a round in which one of the two failed', () => {
    const results = smallResults();
    const trials = results.trials.filter(
      ({ round, contender }) => !(round === 1 && contender === 'ringwire'),
    );
    const [, ringwire] = rowsOf({ ...results, trials: [...trials, failed] });
    expect(ringwire?.ratio?.p50).toEqual({ p50: 40, min: 40, max: 40 });
  });

  it('shows a contender that was alone without a ratio', () => {
    const results = { ...smallResults(), trials: [trial('send-sync', 'ringwire', 0, [5])] };
    expect(rowsOf(results).map(({ p50, ratio }) => [p50, ratio])).toEqual([[5, undefined]]);
  });
});

describe('the report', () => {
  it('has machine, versions, seed, every figure and every target', () => {
    const text = reportMarkdown(smallResults());
    for (const part of [
      '# Measured on 2030-01-31',
      'AMD EPYC, 2 virtual cores, Linux 6.1 · Electron 25.1.1 (Chromium 114)',
      '2 rounds, seed 7, up to 5 s per trial',
      '## In real Electron',
    ]) {
      expect(text).toContain(part);
    }
    const cells = (line: string | undefined): string[] =>
      (line ?? '').split('|').map((cell) => cell.trim());
    const lines = text.split('\n');
    expect(cells(lines.find((line) => line.startsWith('| sendSync, small')))).toEqual([
      ...['', 'sendSync, small', 'stock Electron', '400 µs', '50 %', '400 µs', '400 µs'],
      ...['', '', '', '3.33 k/s', '300 µs', '', '6', ''],
    ]);
    expect(cells(lines.find((line) => line.includes('50× · 20×')))).toEqual([
      ...['', '', 'ringwire', '7.5 µs', '33.3 %', '7.5 µs', '7.5 µs'],
      ...['50×', '50×', '50× · 20×', '150 k/s', '15 µs', '23×', '6', ''],
    ]);
    expect(text).not.toContain('## Failed');
  });

  it('names what failed and why, and nothing as quick that was not', () => {
    const results = smallResults([failed]);
    expect(failures(results)).toEqual([failed]);
    const text = reportMarkdown(results);
    expect(text).toContain(
      '## Failed\n\n* send-sync, ringwire, round 2: ringwire has to be on path ring, and is on stock\n',
    );
    expect(text).not.toContain('quick');
    expect(text).not.toContain('busy');
    const busy = { ...results, machine: { ...results.machine, load: 3.1 } };
    expect(reportMarkdown(busy)).toContain('kept the machine busy when this began (load 3.1)');
    expect(reportMarkdown({ ...results, quick: true })).toContain('**A quick run');
  });
});

describe('the floor', () => {
  it('stands below the tables, where it was measured', () => {
    const floor = { spin: 0.1, futex: 5, memcpy: { '65536': 4, '1048576': 40 } };
    const text = reportMarkdown({ ...smallResults(), floor });
    for (const [what, time] of [
      ['a word there and back, both processes spinning', '0.1 µs'],
      ['one copy of 64 KB', '4 µs'],
      ['one copy of 1 MB', '40 µs'],
    ] as const) {
      expect(text).toMatch(new RegExp(`\\| ${what} +\\| +${time} \\|`));
    }
    expect(reportMarkdown(smallResults())).not.toContain('The floor');
  });
});

describe('the plots', () => {
  it('are light pictures with machine, versions, scenarios and ratios in them', async () => {
    const found = await plots(smallResults());
    expect(found.map(({ name }) => name)).toEqual([
      'electron-time.svg',
      'electron-ratio.svg',
      'electron-cpu.svg',
    ]);
    for (const { svg } of found) {
      expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(svg).toContain('fill="#ffffff"');
      expect(svg).toContain('AMD EPYC, 2 virtual cores, Linux 6.1');
      expect(svg).toContain('Electron 25.1.1 (Chromium 114)');
      expect(svg).toContain('sendSync, small');
      expect(svg).not.toContain('NaN');
      expect(svg).not.toContain('>idle<'); // it has no time to show
    }
    expect(found[0]?.svg).toContain('7.5 µs · 50×');
    expect(found[1]?.svg).toContain('>50×<');
    expect(found[2]?.svg).toContain('15 µs · 23×');
  });

  it('have a line for each contender along what grows', async () => {
    const { scenarios, ...rest } = smallResults();
    const growing = scenarios
      .filter(({ id }) => id === 'send-sync')
      .flatMap((one) => [0, 1024].map((at) => ({ ...one, id: `${at}`, growth: { axis, at } })));
    const trials = growing.flatMap(({ id }) => [
      trial(id, 'stock', 0, [400]),
      trial(id, 'ringwire', 0, [10]),
    ]);
    const found = await plots({ ...rest, scenarios: growing, trials });
    expect(found.map(({ name }) => name)).toEqual(['growth-bytes.svg']);
    const [{ svg = '' } = {}] = found;
    for (const text of ['>0 B<', '>1 KB<', '>stock Electron<', '>ringwire<']) {
      expect(svg).toContain(text);
    }
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  it('draws no comparison where nothing was compared', async () => {
    const alone = { ...smallResults(), trials: [trial('send-sync', 'ringwire', 0, [5], 10)] };
    expect((await plots(alone)).map(({ name }) => name)).toEqual(['electron-time.svg']);
    expect(await plots({ ...alone, trials: [failed] })).toEqual([]);
  });
});

describe('README.md', () => {
  const readme = '# x\n\n<!-- bench: begin -->\nold\n<!-- bench: end -->\n\nrest\n';

  it('gets new text between its marks, and only there', () => {
    const once = withNumbers(readme, 'new', 'bench');
    expect(once).toBe('# x\n\n<!-- bench: begin -->\nnew\n<!-- bench: end -->\n\nrest\n');
    expect(withNumbers(once, 'new', 'bench')).toBe(once);
  });

  it.each(['# x', '<!-- bench: end -->\n<!-- bench: begin -->'])(
    'has to have both marks in order: %j',
    (text) => {
      expect(() => withNumbers(text, 'new', 'bench')).toThrow(
        /README.md has to have <!-- bench: begin -->/,
      );
    },
  );

  it('shows p50, p99 and ratio of its headlines only, and links to the rest', () => {
    const text = numbers(smallResults(), 'bench/results/2030-01-31-amd-epyc-2', 'bench');
    expect(text).toContain('from bench/results/2030-01-31-amd-epyc-2; do not edit');
    const folder =
      'https://github.com/ringwire/ringwire/blob/main/bench/results/2030-01-31-amd-epyc-2';
    for (const name of ['table.md', 'electron-time.svg', 'results.json']) {
      expect(text).toContain(`(${folder}/${name})`);
    }
    expect(text.split('\n').filter((line) => line.startsWith('|'))).toEqual([
      '|                 |  stock Electron |        ringwire |         ratio |',
      '|-----------------|----------------:|----------------:|--------------:|',
      '| sendSync, small | 400 µs · 400 µs | 7.5 µs · 7.5 µs | **50×** · 50× |',
    ]);
  });

  it('has at most six headlines, in the order of their list', () => {
    const known = { bench: electronScenarios, feel: feelScenarios };
    for (const marks of ['bench', 'feel'] as const) {
      expect(headlines[marks].length).toBeLessThanOrEqual(6);
      const ids = known[marks].map(({ id }) => id);
      expect(headlines[marks].filter((id) => !ids.includes(id))).toEqual([]);
    }
    const { scenarios, trials, ...rest } = smallResults();
    const [one] = scenarios;
    if (one === undefined) throw new Error('smallResults has a scenario');
    const shuffled = headlines.bench.toReversed();
    const text = numbers(
      {
        ...rest,
        scenarios: shuffled.map((id) => ({ ...one, id, title: id })),
        trials: trials
          .filter(({ scenario }) => scenario === one.id)
          .flatMap((each) => shuffled.map((scenario) => ({ ...each, scenario }))),
      },
      'bench/results/2030-01-31-amd-epyc-2',
      'bench',
    );
    const titles = [...text.matchAll(/^\| ([\w-]+) +\|/gm)].map(([, title]) => title);
    expect(titles).toEqual(headlines.bench);
  });

  it('gives an idle process its mean in place of a median', () => {
    expect(shortTable(rowsOf(smallResults()))).toContain(
      '| idle            |             4/s |             0/s |             - |',
    );
  });

  it('shows many contenders one below the other, the best of each scenario in bold', () => {
    expect(crossTable(rowsOf(smallResults())).split('\n')).toEqual([
      '|                |     sendSync, small |          idle |',
      '|----------------|--------------------:|--------------:|',
      '| stock Electron |     400 µs · 400 µs |     4/s · 4/s |',
      '| ringwire       | **7.5 µs** · 7.5 µs | **0/s** · 0/s |',
    ]);
  });

  it('leaves the place of a contender empty that takes no part', () => {
    const rows = rowsOf(smallResults()).filter(
      ({ scenario, contender }) => scenario.id !== 'idle' || contender.id === 'stock',
    );
    expect(crossTable(rows).split('\n').at(-1)).toMatch(/\| +- \|$/);
  });
});
