/** Has the pieces of a message measured in a main process of real Electron: see ../parts. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchElectron } from '../../scripts/electron/launch.ts';
import type { ResolvedElectron } from '../../scripts/electron/resolve.ts';
import type { Parts } from '../parts/parts.ts';

/** `app` is the bundle of electron/parts.ts. */
export async function measureParts(electron: ResolvedElectron, app: string): Promise<Parts> {
  const profile = await mkdtemp(join(tmpdir(), 'ringwire-bench-'));
  const run = await launchElectron({
    electron,
    appPath: app,
    env: { RINGWIRE: undefined, XDG_CONFIG_HOME: profile },
    timeout: 60_000,
    ipc: true,
  });
  try {
    const ended = run.exited.then(({ output }): never => {
      throw new Error(`the parts were not measured; Electron printed:\n${output}`);
    });
    const [parts] = (await Promise.race([once(run.process, 'message'), ended])) as [Parts];
    return parts;
  } finally {
    await run.kill();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}
