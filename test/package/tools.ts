/** What applications are built and packaged with, as npm installs it, below build/. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { installCopy } from '../../scripts/npm-ci.ts';
import { root } from '../../scripts/run.ts';

const source: string = join(root, 'test/package/tools');

/** Returns the folder. */
export async function installTools(): Promise<string> {
  const folder = join(root, 'build/tools');
  await installCopy(source, folder);
  for (const name of [
    'bundle',
    'rebuild.mjs',
    'package-app.mjs',
    'universal.mjs',
    'forge-package.mjs',
    'zip-electron.mjs',
  ]) {
    await cp(join(source, name), join(folder, name), { recursive: true });
  }
  return folder;
}
