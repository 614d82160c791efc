/** The file results.json: all that a run found. Every table and plot can be made from it again. */
import { electronContenders } from '../contenders/electron.ts';
import { nodeContenders } from '../contenders/node.ts';
import type { Parts, Recipe } from '../parts/parts.ts';
import type { Group, Growth, Target, Unit } from '../scenarios/scenario.ts';
import type { Floor } from './floor.ts';
import type { Machine } from './machine.ts';
import type { Limits } from './measure/measure.ts';
import { type Summary, summarize, thin } from './measure/stats.ts';
import type { Match } from './plan.ts';
import type { CpuTime, Measurement } from './trials/trial.ts';

export interface Results {
  readonly format: 1;
  /** ISO 8601, when the run began. */
  readonly date: string;
  /** A quick run: good for a look, not for a claim. */
  readonly quick: boolean;
  readonly seed: number;
  readonly rounds: number;
  readonly limits: Limits;
  readonly machine: Machine;
  /** Absent in older results. */
  readonly floor?: Floor;
  /** The pieces of a message; absent if Electron was not measured, or the pieces could not be. */
  readonly parts?: Parts;
  readonly scenarios: readonly ScenarioRecord[];
  readonly contenders: readonly ContenderRecord[];
  readonly trials: readonly TrialRecord[];
}

export interface ScenarioRecord {
  readonly group: Group;
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  readonly bytes?: number;
  readonly beside?: string;
  readonly target?: Target;
  readonly growth?: Growth;
  /** Microseconds that this takes on that machine at least. */
  readonly floor?: number;
  readonly recipe?: Recipe;
}

/** In the order of the tables. The first that ran a scenario is its baseline. */
export interface ContenderRecord {
  readonly group: Group;
  readonly id: string;
  readonly title: string;
}

interface TrialHead {
  readonly group: Group;
  readonly round: number;
  readonly scenario: string;
  readonly contender: string;
}

export interface MeasuredTrial extends TrialHead {
  readonly summary: Summary;
  readonly operations: number;
  /** Microseconds that they took together. */
  readonly elapsed: number;
  /** Operations per second of that time. */
  readonly throughput: number;
  readonly answersChecked: number;
  readonly cpu?: CpuTime;
  readonly details?: Readonly<Record<string, number>>;
  /** Every `every`-th sample, in the order they were taken; the summary is of all of them. */
  readonly samples: { readonly every: number; readonly values: readonly number[] };
}

export interface FailedTrial extends TrialHead {
  readonly failed: string;
}

export type TrialRecord = MeasuredTrial | FailedTrial;

/** Enough to see how a trial went, and little enough for version control. */
const samplesKept = 50;

export function measuredTrial(head: TrialHead, measurement: Measurement): MeasuredTrial {
  const { samples, operations, elapsed, answersChecked, cpu, details } = measurement;
  return {
    ...head,
    summary: summarize(samples),
    operations,
    elapsed,
    throughput: operations / (elapsed / 1e6),
    answersChecked,
    ...(cpu && { cpu }),
    ...(details && { details }),
    samples: thin(samples, samplesKept),
  };
}

export function isMeasured(trial: TrialRecord): trial is MeasuredTrial {
  return 'summary' in trial;
}

/** What stands between the machine and the version where an Electron was selected. */
export const electronMark = '-electron-';

/**
 * `2030-01-31-amd-epyc-2`; a run that is not whole says so.
 *
 * @param selected - the version of Electron, if it was selected and is not the one that is found by itself
 */
export function folderName(
  date: string,
  slug: string,
  kind: 'whole' | 'quick' | 'part',
  selected?: string,
): string {
  const version = selected === undefined ? '' : `${electronMark}${selected}`;
  return `${date.slice(0, 10)}-${slug}${version}${kind === 'whole' ? '' : `-${kind}`}`;
}

/** JSON with one line per trial, so that two files can be compared. */
export function stringify(results: Results): string {
  const { trials, ...head } = results;
  const lines = trials.map((trial) => `    ${JSON.stringify(trial)}`).join(',\n');
  return `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "trials": [\n${lines}\n  ]\n}\n`;
}

export function scenariosOf(chosen: readonly Match[], machine?: Floor): ScenarioRecord[] {
  return chosen.map(({ group, scenario }) => {
    const { id, title, unit, bytes, beside, growth, recipe } = scenario;
    const floor = machine && scenario.floor?.(machine);
    const target = 'target' in scenario ? scenario.target : undefined;
    return {
      ...{ group, id, title, unit },
      ...(bytes && { bytes }),
      ...(beside && { beside }),
      ...(growth && { growth }),
      ...(floor !== undefined && { floor }),
      ...(recipe && { recipe }),
      ...(target && { target }),
    };
  });
}

/** All contenders that take part in a scenario, in the order of their lists. */
export function contendersOf(chosen: readonly Match[]): ContenderRecord[] {
  const part = new Set(
    chosen.flatMap(({ group, contenders }) => contenders.map(({ id }) => `${group}/${id}`)),
  );
  const all: ContenderRecord[] = [
    ...electronContenders.map(({ id, title }) => ({ group: 'electron' as const, id, title })),
    ...nodeContenders.map(({ id, title }) => ({ group: 'node' as const, id, title })),
  ];
  return all.filter(({ group, id }) => part.has(`${group}/${id}`));
}
