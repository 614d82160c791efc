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

/** The folders of native/os and native/addon that a system compiles, besides what all of them do. */
const foldersOf: Readonly<Record<string, RegExp>> = {
  Linux: /\/(linux|posix)\//,
  Darwin: /\/(macos|posix)\//,
  Windows: /\/windows\//,
};
const neutral = folder.filter((name) => !/^native\/(os|addon)\/[^/]+\//.test(name));
const of = (system: string): string[] => folder.filter((name) => foldersOf[system]?.test(name));

it('binding.gyp compiles every source for Linux', () => {
  const gyp = JSON.parse(read('binding.gyp').replaceAll(/^#.*$/gm, ''));
  const { sources, conditions } = gyp.targets[0];
  expect(listed(sources.join())).toEqual(neutral);
  expect(conditions[0][0]).toBe("OS=='linux'");
  expect(listed(conditions[0][1].sources.join())).toEqual(of('Linux'));
});

it('CMakeLists.txt compiles all, each in one place, those of a system only there', () => {
  const code = read('CMakeLists.txt').replaceAll(/#.*$/gm, '');
  expect(listed(code)).toEqual(folder);
  const shared = [...code.matchAll(/set\((posix_\w+)\s+([^)]*)\)/g)];
  expect(shared.length).toBe(2);
  const branches = code.matchAll(
    /if\(CMAKE_SYSTEM_NAME STREQUAL "(\w+)"\)(.*?)(?=\n(?:else|elseif)\()/gs,
  );
  const compiled = [...branches].map(([, system = '', branch = '']) => {
    const used = shared.filter(([, name = '']) => branch.includes(`\${${name}}`));
    const sources = [branch, ...used.map(([, , list = '']) => list)].join();
    return [system, listed(sources)];
  });
  const expected = Object.keys(foldersOf).map((system) => [system, of(system)]);
  expect(Object.fromEntries(compiled)).toEqual(Object.fromEntries(expected));
});

it('lib/core/version.ts has the version of package.json', () => {
  expect(version).toBe(JSON.parse(read('package.json')).version);
});
