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

/** The sources that a list names, sorted. */
const listed = (text: string): string[] =>
  [...text.matchAll(/\bnative\/[\w/]+\.cc\b/g)].map(([name]) => name).sort();

/** What one system compiles, of the folders that each system has. */
const isOfLinux = (name: string): boolean => name.includes('/linux/');

it('binding.gyp compiles every source of native/, those of a system only there', () => {
  const gyp = JSON.parse(read('binding.gyp').replaceAll(/^#.*$/gm, ''));
  const { sources, conditions } = gyp.targets[0];
  expect(listed(sources.join())).toEqual(folder.filter((name) => !isOfLinux(name)));
  expect(conditions[0][0]).toBe("OS=='linux'");
  expect(listed(conditions[0][1].sources.join())).toEqual(folder.filter(isOfLinux));
});

it('CMakeLists.txt compiles the same, each in one place', () => {
  const code = read('CMakeLists.txt').replaceAll(/#.*$/gm, '');
  expect(listed(code)).toEqual(folder);
  const [, linux = ''] = /CMAKE_SYSTEM_NAME STREQUAL "Linux"\)(.*?)\nelse/s.exec(code) ?? [];
  expect(listed(linux)).toEqual(folder.filter(isOfLinux));
});

it('lib/core/version.ts has the version of package.json', () => {
  expect(version).toBe(JSON.parse(read('package.json')).version);
});
