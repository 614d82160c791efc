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

import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { recordPrebuilds, unchangedPrebuilds } from './prebuilds/record.ts';
import { prebuiltFile, type Target, targets, toleratedWarnings } from './prebuilds/targets.ts';
import { installZig } from './prebuilds/zig.ts';
import { root, run } from './run.ts';

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
    for (const name of ['package.json', 'binding.gyp', 'native']) {
      await cp(join(root, name), join(staging, name), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(staging, 'node_modules'));
    for (const target of targets) {
      if (!(await compile(target, zig, staging))) {
        process.exitCode = 1;
        return;
      }
    }
    await rm(join(root, 'prebuilds'), { recursive: true, force: true });
    await cp(join(staging, 'prebuilds'), join(root, 'prebuilds'), { recursive: true });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  await recordPrebuilds();
  for (const target of targets) console.log(prebuiltFile(target));
}

/** prebuildify drives node-gyp, which takes the compiler and its flags from the environment. */
async function compile(target: Target, zig: string, staging: string): Promise<boolean> {
  const { platform, arch, libc, triple } = target;
  const { ok } = await run(
    'prebuildify',
    [
      ...['--napi', '--platform', platform, '--arch', arch, '--libc', libc, '--tag-libc'],
      ...['-t', process.versions.node, '--cwd', staging, '--out', staging],
    ],
    {
      CC: `${zig} cc -target ${triple}`,
      CXX: `${zig} c++ -target ${triple}`,
      // Node-API's own headers name their file in messages: from here, wherever it is compiled.
      CXXFLAGS: [
        ...['-Wall', '-Wextra', '-Werror', `-ffile-prefix-map=${staging}=.`],
        ...toleratedWarnings(target),
      ].join(' '),
      // prebuildify's --strip calls the strip of this machine, which knows its own processor only.
      LDFLAGS: '-s',
      JOBS: 'max',
      ...headers(),
    },
  );
  return ok;
}

/** The headers of this Node, if they were installed with it. Then nothing is downloaded. */
function headers(): Record<string, string> {
  const prefix = dirname(dirname(process.execPath));
  const there = existsSync(join(prefix, 'include/node/node_api.h'));
  return there && !process.env.npm_config_nodedir ? { npm_config_nodedir: prefix } : {};
}
