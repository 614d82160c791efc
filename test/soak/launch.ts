import { join } from 'node:path';
import { build } from 'tsdown';
import { seeded } from '../../bench/harness/trials/random.ts';
import { type ElectronExit, launchElectron } from '../../scripts/electron/launch.ts';
import type { ResolvedElectron } from '../../scripts/electron/resolve.ts';
import { root } from '../../scripts/run.ts';
import { pauseProcess } from './pause.ts';
import { type Plan, planVariable, type Report } from './protocol.ts';

/** Who watches a soak. */
export interface Watcher {
  onReport(report: Report): void;
  onLine?(line: string): void;
}

/** Runs the application of the soak to its end, and stops its main process now and then. */
export async function runSoak(
  electron: ResolvedElectron,
  plan: Plan,
  watcher: Watcher,
): Promise<ElectronExit> {
  await build({ config: join(import.meta.dirname, 'tsdown.config.ts'), logLevel: 'warn' });
  const soak = await launchElectron({
    electron,
    appPath: join(root, 'build/soak/app.cjs'),
    switches: ['--js-flags=--expose-gc'],
    env: { [planVariable]: JSON.stringify(plan) },
    timeout: plan.milliseconds + 5 * 60_000,
    ipc: true,
  });
  if (watcher.onLine) soak.onLine(watcher.onLine);
  soak.process.on('message', (message) => watcher.onReport(message as Report));
  const random = seeded(plan.seed);
  const pauses = setInterval(() => pauseProcess(soak.pid, random), 10 * plan.pace);
  try {
    return await soak.exited;
  } finally {
    clearInterval(pauses);
  }
}
