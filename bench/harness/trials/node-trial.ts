/** One trial in plain Node: starts the calling process, which starts the other one; ends both. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { onExit } from 'signal-exit';
import type { NodeContender } from '../../contenders/contender.ts';
import type { NodeScenario } from '../../scenarios/scenario.ts';
import type { Limits } from '../measure/measure.ts';
import { type Measurement, orderVariable, type TrialOrder, type TrialOutcome } from './trial.ts';

export interface NodeTrial {
  readonly caller: string;
  readonly scenario: NodeScenario;
  readonly contender: NodeContender;
  readonly limits: Limits;
}

export async function runNodeTrial(trial: NodeTrial): Promise<Measurement> {
  const { caller, scenario, contender, limits } = trial;
  const order: TrialOrder = { scenario: scenario.id, contender: contender.id, limits };
  const { NODE_OPTIONS: _, ...env } = process.env; // the runner's loader is not to be measured
  const child = fork(caller, {
    env: { ...env, [orderVariable]: JSON.stringify(order) },
    execArgv: [],
    serialization: 'advanced',
    detached: true, // a process group of its own, so that one signal ends both ends
  });
  const kill = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // nothing is left of the group
    }
  };
  const forget = onExit(kill);
  const limit = 30_000 + 10 * limits.atMost;
  const watchdog = setTimeout(kill, limit);
  try {
    const answered = once(child, 'message').then(([it]) => it as TrialOutcome);
    const ended = once(child, 'exit').then(([code, signal]): TrialOutcome => {
      const reason = `the calling process ended (${signal ?? code}) within ${limit} ms`;
      return { type: 'failed', reason };
    });
    const outcome = await Promise.race([answered, ended]);
    if (outcome.type === 'measured') return outcome.measurement;
    throw new Error(outcome.type === 'failed' ? outcome.reason : 'nothing was measured');
  } finally {
    clearTimeout(watchdog);
    forget();
    kill();
  }
}
