/** A run measures what users get, dist and the addon. Both must be built from the current sources. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

interface Part {
  /** Of these, a process loads the first that exists. */
  readonly built: readonly string[];
  readonly sources: string;
  readonly source: RegExp;
  readonly script: string;
}

const parts: readonly Part[] = [
  { built: ['dist/index.cjs'], sources: 'lib', source: /\.ts$/, script: 'build' },
  {
    built: ['build/Release/ringwire.node', `prebuilds/${process.platform}-${process.arch}`],
    sources: 'native',
    source: /\.(cc|h)$/,
    script: 'build:native',
  },
];

/** @throws Error that names the command to run, if something is not built or is older than its sources */
export function requireBuilt(root: string): void {
  for (const { built, sources, source, script } of parts) {
    const found = built.find((file) => existsSync(join(root, file)));
    if (found === undefined) throw new Error(`${built[0]} is not there: npm run ${script}`);
    const newer = newest(join(root, sources), source);
    if (newer === undefined || newer.time <= statSync(join(root, found)).mtimeMs) continue;
    throw new Error(`${sources}/${newer.name} is newer than ${found}: npm run ${script}`);
  }
}

function newest(folder: string, source: RegExp): { name: string; time: number } | undefined {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => source.test(name))
    .map((name) => ({ name, time: statSync(join(folder, name)).mtimeMs }))
    .toSorted((a, b) => a.time - b.time)
    .at(-1);
}
