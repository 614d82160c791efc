/** Compiles the addon for Linux. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../run.ts';
import { type Target, toleratedWarnings } from './targets.ts';

/**
 * prebuildify drives node-gyp, which takes the compiler and its flags from the environment. The file is where
 * {@link prebuiltFile} says, below the staging folder. False if it does not compile.
 */
export async function compileByGyp(target: Target, zig: string, staging: string): Promise<boolean> {
  const { platform, arch, libc = '', triple } = target;
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
