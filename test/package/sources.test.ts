import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { version } from '../../lib/core/version.ts';
import { root } from '../../scripts/run.ts';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');

const folder = readdirSync(join(root, 'native'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.cc'))
  .map((name) => `native/${name}`)
  .sort();

it('binding.gyp compiles every source of native/', () => {
  const listed = [...read('binding.gyp').matchAll(/"(native\/[\w/]+\.cc)"/g)].map(
    ([, name]) => name,
  );
  expect(listed).toEqual(folder);
});

it('CMakeLists.txt compiles every source of native/, each in one place', () => {
  const code = read('CMakeLists.txt').replaceAll(/#.*$/gm, '');
  const listed = [...code.matchAll(/\bnative\/[\w/]+\.cc\b/g)].map(([name]) => name);
  expect(listed.sort()).toEqual(folder);
});

it('lib/core/version.ts has the version of package.json', () => {
  expect(version).toBe(JSON.parse(read('package.json')).version);
});
