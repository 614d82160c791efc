/**
 * `npm run prebuilds`: compiles the addon for every platform into prebuilds/, as it is published. The same
 * sources make the same bytes. Node-API makes one file serve Node 18 and newer and Electron 20 and newer.
 *
 * ```sh
 * npm run prebuilds                   # all, from scratch
 * npm run prebuilds -- --if-changed   # nothing, where the last ones are of these sources; for tests
 * ```
 *
 * It is compiled in a folder of its own: node-gyp would empty build/, which has the developer's addon.
 */

import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { compileByCmake } from './prebuilds/cmake.ts';
import { joinSlices } from './prebuilds/darwin/fat.ts';
import { compileByGyp } from './prebuilds/gyp.ts';
import { recordPrebuilds, unchangedPrebuilds } from './prebuilds/record.ts';
import { prebuiltFile, targets } from './prebuilds/targets.ts';
import { installZig } from './prebuilds/zig.ts';
import { root } from './run.ts';

const command = new Command('npm run prebuilds --')
  .option('--if-changed', 'only if the sources, or the files, are not those of the last time')
  .parse();
const { ifChanged } = command.opts<{ ifChanged?: true }>();

if (ifChanged && (await unchangedPrebuilds())) {
  console.log('prebuilds/ is of these sources');
} else {
  await compileAll();
}

async function compileAll(): Promise<void> {
  const zig = await installZig();
  const staging = await mkdtemp(join(tmpdir(), 'ringwire-prebuilds-'));
  try {
    for (const name of ['package.json', 'binding.gyp', 'CMakeLists.txt', 'native']) {
      await cp(join(root, name), join(staging, name), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(staging, 'node_modules'));
    if (!(await compile(zig, staging))) {
      process.exitCode = 1;
      return;
    }
    await rm(join(root, 'prebuilds'), { recursive: true, force: true });
    await cp(join(staging, 'prebuilds'), join(root, 'prebuilds'), { recursive: true });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  await recordPrebuilds();
  for (const file of new Set(targets.map(prebuiltFile))) console.log(file);
}

/** For all targets, into prebuilds/ below the staging folder. */
async function compile(zig: string, staging: string): Promise<boolean> {
  /** The slices of each file. */
  const files = new Map<string, string[]>();
  for (const target of targets) {
    if (target.platform === 'linux') {
      if (!(await compileByGyp(target, zig, staging))) return false;
      continue;
    }
    const slice = await compileByCmake(target, zig, staging);
    if (slice === undefined) return false;
    const file = join(staging, prebuiltFile(target));
    files.set(file, [...(files.get(file) ?? []), slice]);
  }
  for (const [file, slices] of files) {
    await mkdir(dirname(file), { recursive: true });
    const [only = ''] = slices;
    if (slices.length > 1) await joinSlices(slices, file);
    else await cp(only, file);
  }
  return true;
}
