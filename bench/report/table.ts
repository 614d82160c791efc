/** results.json as Markdown: what was measured, on what, every figure, and what failed. */
import { bytesText } from '../harness/bytes.ts';
import { machineLine, wasBusy } from '../harness/machine.ts';
import type { ContenderRecord, Results, ScenarioRecord } from '../harness/results.ts';
import type { Group } from '../scenarios/scenario.ts';
import { breakdownSection } from './breakdown.ts';
import { duration, inUnit, markdownTable, percent, rate, significant, times } from './format.ts';
import { failures, type Row, rowsOf } from './rows.ts';

const titles: Record<Group, string> = {
  electron: 'In real Electron',
  node: 'In plain Node, two processes',
};

/** The whole report, for people who want all figures. */
export function reportMarkdown(results: Results): string {
  const rows = rowsOf(results);
  const { date, rounds, seed, quick, limits } = results;
  const sections = (['electron', 'node'] as const).flatMap((group) => {
    const own = rows.filter(({ scenario }) => scenario.group === group);
    return own.length === 0 ? [] : [`## ${titles[group]}`, fullTable(own), ...notes(own)];
  });
  return `${[
    `# Measured on ${date.slice(0, 10)}`,
    machineLine(results.machine),
    `${rounds} ${rounds === 1 ? 'round' : 'rounds'}, seed ${seed}, up to ${limits.atMost / 1000} s per trial; fresh processes for each trial, contenders in turn.${quick ? ' **A quick run: good for a look, not for a claim.**' : ''}`,
    ...busyNote(results),
    'p50 and p99 are medians over the rounds of what each trial found; ± is half the distance between the p50 of the best and the worst round. × is how many times faster than the first of the scenario, in pairs of the same round. CPU is the time of both processes per message (idle: per second).',
    ...floorNote(rows),
    ...sections,
    ...breakdownSection(results, rows),
    ...floorSection(results),
    ...failureSection(results),
  ].join('\n\n')}\n`;
}

/** The few columns that a README has room for. */
export function shortTable(rows: readonly Row[]): string {
  const { scenarios, contenders, cell } = grid(rows);
  const last = contenders.at(-1);
  const head = ['', ...contenders.map(({ title }) => title), 'ratio'];
  const body = scenarios.map((scenario) => {
    const found = contenders.map((contender) => cell(scenario, contender));
    const ratio = found.find((row) => row?.contender.id === last?.id)?.ratio;
    return [
      scenario.title,
      ...found.map((row) => (row === undefined ? '-' : brief(row))),
      ratio === undefined ? '-' : `**${times(ratio.p50.p50)}** · ${times(ratio.p99.p50)}`,
    ];
  });
  return markdownTable(head, body);
}

/** Many contenders: one per line, and the best p50 of each scenario in bold. */
export function crossTable(rows: readonly Row[]): string {
  const { scenarios, contenders, cell } = grid(rows);
  const best = new Map(
    scenarios.map(({ id }) => [
      id,
      Math.min(...rows.filter(({ scenario }) => scenario.id === id).map(({ p50 }) => p50)),
    ]),
  );
  const text = (row: Row | undefined): string => {
    if (row === undefined) return '-';
    const [p50, p99] = [value(row, row.p50), value(row, row.p99)];
    return row.p50 === best.get(row.scenario.id) ? `**${p50}** · ${p99}` : `${p50} · ${p99}`;
  };
  return markdownTable(
    ['', ...scenarios.map(({ title }) => title)],
    contenders.map((contender) => [
      contender.title,
      ...scenarios.map((scenario) => text(cell(scenario, contender))),
    ]),
  );
}

interface Grid {
  readonly scenarios: readonly ScenarioRecord[];
  readonly contenders: readonly ContenderRecord[];
  cell(scenario: ScenarioRecord, contender: ContenderRecord): Row | undefined;
}

function grid(rows: readonly Row[]): Grid {
  return {
    scenarios: [...new Set(rows.map(({ scenario }) => scenario))],
    contenders: [...new Set(rows.map(({ contender }) => contender))],
    cell: (scenario, contender) =>
      rows.find((row) => row.scenario === scenario && row.contender === contender),
  };
}

/** An idle process has a median of 0 in most runs: its mean tells more. */
function brief(row: Row): string {
  if (row.scenario.unit !== 'us') return value(row, row.mean);
  return `${value(row, row.p50)} · ${value(row, row.p99)}`;
}

function fullTable(rows: readonly Row[]): string {
  const hasFloor = rows.some(isAboveFloor);
  const head = [
    '',
    '',
    'p50',
    '±',
    'p99',
    'mean',
    '× p50',
    '× p99',
    'target',
    ...(hasFloor ? ['floor', '× floor'] : []),
    'per second',
    'CPU',
    '× CPU',
    'n',
  ];
  let title = '';
  const body = rows.map((row) => {
    const { scenario, contender, ratio, spread, throughput, cpu, trials, samples } = row;
    const first = scenario.title !== title;
    title = scenario.title;
    const { target } = scenario;
    return [
      first ? title : '',
      contender.title,
      value(row, row.p50),
      trials > 1 ? percent(spread) : '',
      value(row, row.p99),
      value(row, row.mean),
      ratio ? times(ratio.p50.p50) : '',
      ratio ? times(ratio.p99.p50) : '',
      ratio && target
        ? [target.p50, target.p99]
            .filter(Boolean)
            .map((it) => `${it}×`)
            .join(' · ')
        : '',
      ...(hasFloor ? floorCells(row) : []),
      scenario.unit === 'us' ? rate(throughput) : '',
      cpu === undefined ? '' : duration(cpu),
      ratio?.cpu ? times(ratio.cpu.p50) : '',
      `${samples}`,
    ];
  });
  return markdownTable(head, body);
}

function isAboveFloor({ scenario }: Row): boolean {
  return scenario.floor !== undefined;
}

function floorCells({ scenario: { floor }, p50 }: Row): [floor: string, times: string] {
  return floor === undefined ? ['', ''] : [duration(floor), times(p50 / floor)];
}

/** Further figures that some scenarios count. */
function notes(rows: readonly Row[]): string[] {
  const lines = rows.flatMap((row) => {
    const { scenario, contender, details } = row;
    const parts = Object.entries(details).map(([name, it]) => `${name}: ${significant(it)}`);
    const beside = besideNote(row, rows);
    if (beside !== undefined) parts.unshift(beside);
    return parts.length === 0
      ? []
      : [`* ${scenario.title}, ${contender.title}: ${parts.join('; ')}`];
  });
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function besideNote(row: Row, rows: readonly Row[]): string | undefined {
  const other = rows.find(
    ({ scenario, contender }) =>
      scenario.id === row.scenario.beside && contender.id === row.contender.id,
  );
  if (other === undefined) return undefined;
  return `${times(row.throughput / other.throughput)} the throughput of "${other.scenario.title}"`;
}

/** What C++ alone needs on the same machine. */
function floorSection({ floor }: Results): string[] {
  if (floor === undefined) return [];
  const { stream } = floor;
  const sized = (what: string, times: Readonly<Record<string, number>>): string[][] =>
    Object.entries(times).map(([bytes, it]) => {
      return [`${what} ${bytesText(Number(bytes))}`, duration(it)];
    });
  const rows = [
    ['a word there and back, both processes spinning', duration(floor.spin)],
    ['the same, both asleep on a futex', duration(floor.futex)],
    ...(stream === undefined ? [] : [['a word of many, through a ring', duration(stream)]]),
    ...sized('one copy of', floor.memcpy),
    ...sized('there and back, through a ring, of', floor.echo ?? {}),
    ...sized('new pages for', floor.pages ?? {}),
  ];
  return ['## The floor, in C++', markdownTable(['', 'least of the medians'], rows)];
}

function floorNote(rows: readonly Row[]): string[] {
  if (!rows.some(isAboveFloor)) return [];
  return [
    'The floor is what C++ needs for the same on this machine: a word there and back between two processes that both spin, a word of a stream, or bytes there and back through a ring that both copy in and out of at the same time. It was measured before each round and at the end, and is the least of that: a host may put the cores further apart for a while. × floor is how many times that p50 is.',
  ];
}

function busyNote({ machine }: Results): string[] {
  if (!wasBusy(machine)) return [];
  return [`**Other work kept the machine busy when this began (load ${machine.load}).**`];
}

function failureSection(results: Results): string[] {
  const failed = failures(results);
  if (failed.length === 0) return [];
  const lines = failed.map(
    ({ scenario, contender, round, failed: reason }) =>
      `* ${scenario}, ${contender}, round ${round + 1}: ${reason.split('\n')[0]}`,
  );
  return ['## Failed', lines.join('\n')];
}

function value({ scenario }: Row, it: number): string {
  return inUnit(it, scenario.unit);
}
