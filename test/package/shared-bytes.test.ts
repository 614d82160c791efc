import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/run.ts';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');

/** What the C++ tests let the compiler confirm. */
const confirmed = ['ring/layout', 'link/handshake', 'link/hand_over']
  .map((name) => read(`test/native/${name}_test.cc`))
  .join();
const readme = read('native/README.md');

/** The sections about one structure each: its name, its size, and the text that follows. */
const structures = [
  ...readme.matchAll(/^### `(\w+)`, (\d+) bytes$([\s\S]*?)(?=^##|$(?![\s\S]))/gm),
];

const claims = (pattern: RegExp): string[] =>
  [...confirmed.matchAll(pattern)].map(([, claim, value]) => `${claim} == ${value}`).sort();

it('every constant of native/README.md is what the C++ tests confirm, and the other way round', () => {
  const rows = [...readme.matchAll(/^\| `(k\w+)` \| (\w+) \|/gm)];
  const stated = rows.map(([, name, value]) => `${name} == ${value}`).sort();
  expect(stated).toEqual(claims(/CHECK\((k\w+) == (\w+)\)/g));
});

it('every structure has the size that native/README.md states', () => {
  const stated = structures.map(([, name, size]) => `sizeof(${name}) == ${size}`).sort();
  expect(stated).toEqual(claims(/CHECK\((sizeof\(\w+\)) == (\d+)\)/g));
});

it('every field lies where native/README.md says', () => {
  const stated = structures.flatMap(([, name, , text = '']) =>
    [...text.matchAll(/^\| (\d+) \| `(\w+)` \|/gm)].map(
      ([, offset, field]) => `offsetof(${name}, ${field}) == ${offset}`,
    ),
  );
  expect(stated.sort()).toEqual(claims(/CHECK\((offsetof\(\w+, \w+\)) == (\d+)\)/g));
});

it('every field of a structure is in native/README.md', () => {
  const headers = ['ring/layout', 'link/handshake', 'link/hand_over']
    .map((name) => read(`native/${name}.h`))
    .join();
  for (const [, name, , text = ''] of structures) {
    const body = headers.match(
      new RegExp(`struct (?:alignas\\(\\w+\\) )?${name} {([\\s\\S]*?)\\n}`),
    );
    const code = (body?.[1] ?? '').replaceAll(/\/\/.*$/gm, '');
    const fields = [...code.matchAll(/[\s,](\w+)(?:\[\w+\])?(?=[;,])/g)].map(([, field]) => field);
    const rows = [...text.matchAll(/^\| \d+ \| `(\w+)` \|/gm)].map(([, field]) => field);
    expect([name, ...rows]).toEqual([name, ...fields]);
  }
});
