/**
 * `npm run prebuilds`: compiles the addon for this platform into prebuilds/, as it is published.
 * Node-API makes one file serve Node 18 and newer and Electron 20 and newer.
 *
 * It is compiled in a folder of its own: node-gyp would empty build/, which has the developer's addon.
 */

import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root, run } from './run.ts';

const staging = await mkdtemp(join(tmpdir(), 'ringwire-prebuilds-'));
try {
  for (const name of ['package.json', 'binding.gyp', 'native']) {
    await cp(join(root, name), join(staging, name), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(staging, 'node_modules'));
  await compile();
} finally {
  await rm(staging, { recursive: true, force: true });
}

async function compile(): Promise<void> {
  const { ok } = await run(
    'prebuildify',
    [
      ...['--napi', '--strip', '--tag-libc', '-t', process.versions.node],
      ...['--cwd', staging, '--out', staging],
    ],
    { JOBS: 'max', ...headers() },
  );
  if (!ok) {
    process.exitCode = 1;
    return;
  }
  const made = join(staging, 'prebuilds');
  await rm(join(root, 'prebuilds'), { recursive: true, force: true });
  await cp(made, join(root, 'prebuilds'), { recursive: true });
  for (const file of await readdir(made, { recursive: true })) console.log(`prebuilds/${file}`);
}

/** The headers of this Node, if they were installed with it. Then nothing is downloaded. */
function headers(): Record<string, string> {
  const prefix = dirname(dirname(process.execPath));
  const there = existsSync(join(prefix, 'include/node/node_api.h'));
  return there && !process.env.npm_config_nodedir ? { npm_config_nodedir: prefix } : {};
}
