import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/run.ts';
import { scenariosIn } from './harness/catalogue.ts';
import { rows } from './harness/rows.ts';
import { parityTables, withoutResults } from './harness/table.ts';

const scenarios = (await scenariosIn('')).flatMap(([, list]) => list);

describe('the scenarios', () => {
  test('show every row of the contract', () => {
    const shown = new Set<string>(scenarios.flatMap((one) => one.rows));
    expect(Object.keys(rows).filter((row) => !shown.has(row))).toEqual([]);
  });

  test('are those of docs/parity.md', async () => {
    const page = await readFile(join(root, 'docs/parity.md'), 'utf8');
    expect(withoutResults(page)).toContain(withoutResults(parityTables(scenarios, [])));
  });

  test('belong to groups that docs/parity.md has', () => {
    const tables = parityTables(scenarios, []);
    expect(
      Object.values(rows).filter((text) => !tables.includes(text.split('<')[0] ?? '')),
    ).toEqual([]);
  });

  test('have names of their own', () => {
    const names = scenarios.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test('say what is expected', () => {
    const silent = scenarios.filter(
      ({ expected }) => typeof expected === 'object' && Object.values(expected).flat().length === 0,
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
