/** The trials of all rounds, combined: one row per scenario and contender. */
import { mean, median, sum } from 'simple-statistics';
import { type Ratio, ratioOf } from '../harness/measure/stats.ts';
import {
  type ContenderRecord,
  type FailedTrial,
  isMeasured,
  type MeasuredTrial,
  type Results,
  type ScenarioRecord,
} from '../harness/results.ts';

export interface Row {
  readonly scenario: ScenarioRecord;
  readonly contender: ContenderRecord;
  /** Whether the others of this scenario are compared with this one. */
  readonly baseline: boolean;
  readonly trials: number;
  readonly samples: number;
  /** Medians of the trials' own figures. */
  readonly p50: number;
  readonly p99: number;
  readonly mean: number;
  /** Half the distance between the smallest and the largest p50 of the trials, relative to p50. */
  readonly spread: number;
  readonly throughput: number;
  /** Microseconds of CPU time per operation, both ends together; absent where it is not counted. */
  readonly cpu?: number;
  readonly details: Readonly<Record<string, number>>;
  /** How many times better than the baseline, pair by pair; absent for the baseline itself. */
  readonly ratio?: RowRatio;
}

export interface RowRatio {
  readonly p50: Ratio;
  readonly p99: Ratio;
  readonly cpu?: Ratio;
}

export function rowsOf(results: Results): Row[] {
  const measured = results.trials.filter(isMeasured);
  return results.scenarios.flatMap((scenario) => {
    const sides = results.contenders
      .filter(({ group }) => group === scenario.group)
      .map((contender) => ({ contender, trials: trialsOf(measured, scenario, contender) }))
      .filter(({ trials }) => trials.length > 0);
    const [baseline] = sides;
    return sides.map(({ contender, trials }, i) => {
      const row = rowOf(scenario, contender, trials, i === 0);
      const ratio = i === 0 || !baseline ? undefined : ratios(baseline.trials, trials);
      return ratio === undefined ? row : { ...row, ratio };
    });
  });
}

export function failures(results: Results): FailedTrial[] {
  return results.trials.filter((trial): trial is FailedTrial => !isMeasured(trial));
}

function rowOf(
  scenario: ScenarioRecord,
  contender: ContenderRecord,
  trials: readonly MeasuredTrial[],
  baseline: boolean,
): Row {
  const medians = trials.map(({ summary }) => summary.p50);
  const p50 = median(medians);
  const cpu = trials.map(cpuPerOperation).filter((it) => it !== undefined);
  return {
    scenario,
    contender,
    baseline,
    trials: trials.length,
    samples: sum(trials.map(({ summary }) => summary.samples)),
    p50,
    p99: median(trials.map(({ summary }) => summary.p99)),
    mean: mean(trials.map(({ summary }) => summary.mean)),
    spread: p50 === 0 ? 0 : (Math.max(...medians) - Math.min(...medians)) / 2 / p50,
    throughput: median(trials.map(({ throughput }) => throughput)),
    ...(cpu.length > 0 && { cpu: median(cpu) }),
    details: medianDetails(trials),
  };
}

/** Compares only within a round: there the two were measured one right after the other. */
function ratios(
  baseline: readonly MeasuredTrial[],
  contender: readonly MeasuredTrial[],
): RowRatio | undefined {
  const pairs = contender.flatMap((theirs) => {
    const ours = baseline.find(({ round }) => round === theirs.round);
    return ours === undefined ? [] : [[ours, theirs] as const];
  });
  const by = (figure: (trial: MeasuredTrial) => number | undefined): Ratio | undefined => {
    const complete = pairs
      .map(([a, b]) => [figure(a), figure(b)] as const)
      .filter((pair): pair is readonly [number, number] => !pair.includes(undefined));
    if (complete.length === 0 || complete.some(([, b]) => b === 0)) return undefined;
    return ratioOf(
      complete.map(([a]) => a),
      complete.map(([, b]) => b),
    );
  };
  const p50 = by(({ summary }) => summary.p50);
  const p99 = by(({ summary }) => summary.p99);
  const cpu = by(cpuPerOperation);
  if (p50 === undefined || p99 === undefined) return undefined;
  return { p50, p99, ...(cpu && { cpu }) };
}

export function cpuPerOperation({ cpu, operations }: MeasuredTrial): number | undefined {
  return cpu && (cpu.caller + (cpu.answerer ?? 0)) / operations;
}

function medianDetails(trials: readonly MeasuredTrial[]): Record<string, number> {
  const names = Object.keys(trials[0]?.details ?? {});
  return Object.fromEntries(
    names.map((name) => [name, median(trials.map(({ details }) => details?.[name] ?? 0))]),
  );
}

function trialsOf(
  trials: readonly MeasuredTrial[],
  scenario: ScenarioRecord,
  contender: ContenderRecord,
): MeasuredTrial[] {
  return trials.filter(
    (trial) =>
      trial.group === scenario.group &&
      trial.scenario === scenario.id &&
      trial.contender === contender.id,
  );
}
