import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

/**
 * `npm ci` of the package in `source` into another folder, when the last one was for other
 * versions or did not come to its end.
 */
export async function installCopy(source: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
    await cp(join(source, file), join(folder, file));
  }
  const stamp = join(folder, 'installed');
  const lock = await readFile(join(source, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return;
  await rm(stamp, { force: true });
  console.log(`$ npm ci  # ${folder}`);
  await execa('npm', ['ci', '--prefer-offline'], {
    cwd: folder,
    env: { NODE_OPTIONS: '' },
    stdin: 'ignore',
  });
  await writeFile(stamp, wanted);
}
