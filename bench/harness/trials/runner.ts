/** Runs the trials of a plan, one after the other; one that fails does not end the run. */
import { join } from 'node:path';
import type { ResolvedElectron } from '../../../scripts/electron/resolve.ts';
import { root } from '../../../scripts/run.ts';
import type { ElectronContender, NodeContender } from '../../contenders/contender.ts';
import { inUnit } from '../../report/format.ts';
import type { Unit } from '../../scenarios/scenario.ts';
import type { Limits } from '../measure/measure.ts';
import type { Match } from '../plan.ts';
import { measuredTrial, type TrialRecord } from '../results.ts';
import { runElectronTrial } from './electron-trial.ts';
import { runNodeTrial } from './node-trial.ts';
import type { Progress } from './progress.ts';
import { schedule } from './schedule.ts';
import type { Measurement } from './trial.ts';

export interface Setting {
  /** Absent where no scenario needs one. */
  readonly electron: ResolvedElectron | undefined;
  readonly rounds: number;
  readonly seed: number;
  readonly limits: Limits;
}

/** Called once in each round, ahead of its trials. */
type BeforeRound = () => Promise<unknown>;

/** Where tsdown.config.ts puts what runs in the processes of a trial. */
const bundle = join(root, 'build/bench');

/** One trial that can be run any number of times. */
interface Trial {
  readonly contender: ElectronContender | NodeContender;
  run(): Promise<Measurement>;
}

export async function runAll(
  matches: readonly Match[],
  setting: Setting,
  progress: Progress,
  beforeRound: BeforeRound,
): Promise<TrialRecord[]> {
  const records: TrialRecord[] = [];
  let rounds = 0;
  const trials = (match: Match): Trial[] => trialsOf(match, setting);
  for (const planned of schedule(matches, trials, setting.rounds, setting.seed)) {
    const { round, scenario: match, contender: trial } = planned;
    if (round === rounds) {
      rounds++;
      await beforeRound();
    }
    const { group, scenario } = match;
    const head = { group, round, scenario: scenario.id, contender: trial.contender.id };
    const what = `${head.scenario} · ${head.contender}`;
    progress.begin(what);
    try {
      const record = measuredTrial(head, await trial.run());
      records.push(record);
      progress.end(what, oneLine(record.summary, scenario.unit));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      const reason = text.replaceAll(root, ''); // results do not tell where they were made
      records.push({ ...head, failed: reason });
      progress.end(what, `FAILED. ${reason}`);
    }
  }
  return records;
}

function trialsOf(match: Match, { electron, limits }: Setting): Trial[] {
  if (match.group === 'node') {
    const { scenario } = match;
    const caller = join(bundle, 'node/caller.cjs');
    return match.contenders.map((contender) => ({
      contender,
      run: () => runNodeTrial({ caller, scenario, contender, limits }),
    }));
  }
  if (electron === undefined) throw new Error(`${match.scenario.id} needs an Electron`);
  const { scenario } = match;
  const app = join(bundle, 'electron/app.cjs');
  return match.contenders.map((contender) => ({
    contender,
    run: () => runElectronTrial({ electron, app, scenario, contender, limits }),
  }));
}

function oneLine({ p50, p99, samples }: { p50: number; p99: number; samples: number }, unit: Unit) {
  return `p50 ${inUnit(p50, unit)}, p99 ${inUnit(p99, unit)}, n ${samples}`;
}
