/** One trial in real Electron: starts the application anew, takes what it found, ends it. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronRun, launchElectron } from '../../../scripts/electron/launch.ts';
import type { ResolvedElectron } from '../../../scripts/electron/resolve.ts';
import type { ElectronContender } from '../../contenders/contender.ts';
import type { ElectronScenario } from '../../scenarios/scenario.ts';
import { type Limits, longestMeasuring } from '../measure/measure.ts';
import {
  act,
  type Measurement,
  orderVariable,
  type TrialOrder,
  type TrialOutcome,
} from './trial.ts';

export interface ElectronTrial {
  readonly electron: ResolvedElectron;
  readonly app: string;
  readonly scenario: ElectronScenario;
  readonly contender: ElectronContender;
  readonly limits: Limits;
}

export async function runElectronTrial(trial: ElectronTrial): Promise<Measurement> {
  const { electron, app, scenario, contender } = trial;
  const { patience } = scenario;
  const limits: Limits = { ...trial.limits, ...(patience && { patience }) };
  const order: TrialOrder = { scenario: scenario.id, contender: contender.id, limits };
  const profile = await mkdtemp(join(tmpdir(), 'ringwire-bench-'));
  const run = await launchElectron({
    electron,
    appPath: app,
    env: { ...contender.env, [orderVariable]: JSON.stringify(order), XDG_CONFIG_HOME: profile },
    // Ends only what hangs: nothing interrupts an operation, and the slowest takes seconds.
    timeout: 60_000 + 10 * longestMeasuring(limits),
    ipc: true,
  });
  try {
    const outcome = await outcomeOf(run);
    if (outcome.type === 'failed') throw new Error(outcome.reason);
    if (outcome.type === 'measured') return outcome.measurement;
    if (outcome.type !== 'still' || scenario.observe === undefined) {
      throw new Error(`${scenario.id} is not to be observed`);
    }
    return await scenario.observe(outcome.processes, limits, () => actIn(run));
  } finally {
    await run.kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function actIn(run: ElectronRun): Promise<void> {
  const outcome = outcomeOf(run);
  run.process.send?.(act);
  const { type, ...rest } = await outcome;
  if (type !== 'acted') throw new Error('reason' in rest ? rest.reason : `${type}, not acted`);
}

async function outcomeOf(run: ElectronRun): Promise<TrialOutcome> {
  const stop = new AbortController();
  // Electron shows an uncaught error in a dialog and waits for somebody to close it.
  run.onLine((line) => {
    if (line.includes('JavaScript error occurred in the main process')) {
      setTimeout(() => void run.kill(), 500); // the rest of the message is on its way
    }
  });
  const ended = run.exited.then(({ exitCode, signal, timedOut, output }): TrialOutcome => {
    const how = timedOut ? 'took too long and was stopped' : `ended (${signal ?? exitCode})`;
    return { type: 'failed', reason: `Electron ${how}, having printed:\n${output}` };
  });
  const answered = once(run.process, 'message', { signal: stop.signal });
  answered.catch(() => {});
  const outcome = await Promise.race([answered.then(([it]) => it as TrialOutcome), ended]);
  stop.abort();
  return outcome;
}
