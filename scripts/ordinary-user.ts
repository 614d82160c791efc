/**
 * Runs tests as an ordinary user, so with Chromium's own sandbox on. Root, as which CI runs, has to
 * switch it off, and would never see what only the sandbox breaks.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { ResolvedElectron } from './electron/resolve.ts';
import { namespaceProbe } from './electron/sandbox.ts';
import { root } from './run.ts';

/** `nobody`, on all Linux systems. */
const user = 65534;

/** What the tests do not need. */
const left = new Set(['.git', 'bench']);

/** Whether this user is root, and another one can be tried. */
export function isRoot(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}

/** Whether an ordinary user can make namespaces, without which Chromium's sandbox does not start. */
export async function canSandbox(): Promise<boolean> {
  const { failed } = await execa(...namespaceProbe, {
    uid: user,
    gid: user,
    reject: false,
  });
  return !failed;
}

/**
 * Runs vitest in a copy of the checkout that belongs to `nobody`, on a copy of an Electron.
 *
 * @param report - receives the JSON report
 * @returns whether vitest was content
 */
export async function vitestAsUser(
  electron: ResolvedElectron,
  args: readonly string[],
  report: string,
): Promise<boolean> {
  const home = await mkdtemp(join(tmpdir(), 'ringwire-user-'));
  try {
    const checkout = join(home, 'checkout');
    const runtime = join(home, 'electron');
    const parts = (await readdir(root)).filter((name) => !left.has(name));
    await execa('mkdir', [checkout]);
    await execa('cp', ['-r', ...parts.map((name) => join(root, name)), checkout]);
    await execa('cp', ['-r', dirname(electron.path), runtime]);
    await execa('chown', ['-R', `${user}:${user}`, home]);
    const found = join(home, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${found}`];
    console.log(`\n$ vitest run ${args.join(' ')}  (as an ordinary user)`);
    const { failed } = await execa(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', ...args, ...reporters],
      {
        cwd: checkout,
        uid: user,
        gid: user,
        env: {
          HOME: home,
          TMPDIR: home,
          XDG_CACHE_HOME: undefined,
          DISPLAY: undefined,
          ELECTRON_OVERRIDE_DIST_PATH: runtime,
        },
        reject: false,
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    );
    await execa('cp', [found, report], { reject: false });
    return !failed;
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  }
}
