/** Remembers of which sources prebuilds/ was made, so that tests compile it once. */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../run.ts';

const file = join(root, 'build/prebuilds.json');

/** Everything that decides what is compiled, but for the headers of this Node. */
const inputs = [
  'binding.gyp',
  'CMakeLists.txt',
  'package-lock.json',
  'native',
  'scripts/prebuilds.ts',
  'scripts/prebuilds',
];

interface Record {
  readonly sources: string;
  readonly prebuilds: string;
}

/** Whether prebuilds/ is as it was when it was made, of the sources that are here now. */
export async function unchangedPrebuilds(): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text !== undefined && text === (await state());
}

/** Call it once they are made. */
export async function recordPrebuilds(): Promise<void> {
  await writeFile(file, await state());
}

async function state(): Promise<string> {
  const now: Record = { sources: await digest(inputs), prebuilds: await digest(['prebuilds']) };
  return JSON.stringify(now);
}

async function digest(names: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const name of names) {
    for (const path of await filesOf(name)) {
      hash.update(`\0${path}\0`).update(await readFile(join(root, path)));
    }
  }
  return hash.digest('hex');
}

/** The file itself, or all in the folder; none if it is not there. */
async function filesOf(name: string): Promise<string[]> {
  const options = { recursive: true, withFileTypes: true } as const;
  try {
    const entries = await readdir(join(root, name), options);
    const files = entries.filter((entry) => entry.isFile());
    return files.map((entry) => join(entry.parentPath, entry.name).slice(root.length)).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return [name];
    if (code === 'ENOENT') return [];
    throw error;
  }
}
