import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/run.ts';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');

/** The structures that processes share, in the order of their tables in native/README.md. */
const structures = [
  'SegmentHeader',
  'WriterLine',
  'ReaderLine',
  'SideLine',
  'RecordHeader',
  'Hello',
  'Offer',
  'Accept',
];
/** The tables of offsets: their first column is called so. */
const tables = read('native/README.md').match(/^\| (?:at|offset) \|.*\n(?:\|.*\n)+/gm) ?? [];
const headers = read('native/ring/layout.h') + read('native/link/handshake.h');
/** What the C++ tests let the compiler confirm. */
const confirmed = read('test/native/layout_test.cc') + read('test/native/handshake_test.cc');

it('native/README.md has a table for each structure that processes share', () => {
  expect(tables).toHaveLength(structures.length);
});

describe.each(structures.map((name, i) => ({ name, table: tables[i] ?? '' })))(
  '$name',
  (structure) => {
    const rows = [...structure.table.matchAll(/^\| (\d+) \|(?: \d+ \|)? `(\w+)`/gm)];

    it('has the fields that native/README.md lists', () => {
      const body = headers.match(
        new RegExp(`struct (?:alignas\\(\\w+\\) )?${structure.name} {([\\s\\S]*?)\\n?}`),
      );
      const code = (body?.[1] ?? '').replaceAll(/\/\/.*$/gm, '');
      const fields = [...code.matchAll(/[\s,](\w+)(?:\[\w+\])?(?=[;,])/g)].map(
        ([, field]) => field,
      );
      expect(fields).not.toEqual([]);
      expect(rows.map(([, , field]) => field)).toEqual(fields);
    });

    it('has them where native/README.md says', () => {
      const stated = rows.map(([, offset, field]) => `${field} at ${offset}`);
      const claims = confirmed.matchAll(
        new RegExp(`CHECK\\(offsetof\\(${structure.name}, (\\w+)\\) == (\\d+)\\)`, 'g'),
      );
      expect(stated).toEqual([...claims].map(([, field, offset]) => `${field} at ${offset}`));
    });
  },
);
