import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { root } from '../../scripts/run.ts';

const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

function textsBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(cc|h)$/.test(name))
    .map((name) => read(join(root, folder), name));
}

function labels(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, label = '']) => label))].sort();
}

const passed = labels(textsBelow('native').join(), /RINGWIRE_POINT\("([^"]+)"\)/g);

it('native/README.md names every point of native/', () => {
  const [, section = ''] = read(root, 'native/README.md').split('\n## Points\n');
  const [table = ''] = section.split('\n## ');
  expect(labels(table, /"([^"]+)"/g)).toEqual(passed);
});

it('a process is killed and stopped at every point of native/', () => {
  const visited = labels(textsBelow('test/native/death').join(), /\{"([^"]+)", When::k/g);
  expect(visited).toEqual(passed);
});

it('no published binary has any trace of points', () => {
  const prebuilds = join(inject('installed'), 'node_modules/ringwire/prebuilds');
  const binaries = readdirSync(prebuilds, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.node'),
  );
  expect(binaries.length).toBeGreaterThan(0);
  for (const name of binaries) {
    const bytes = readFileSync(join(prebuilds, name));
    // What calls it, and what it is called with.
    for (const trace of ['ReachPoint', 'before reserve', 'falling asleep']) {
      expect(bytes.includes(trace), `${trace} in ${name}`).toBe(false);
    }
  }
});
