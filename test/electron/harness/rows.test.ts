import { describe, expect, test } from 'vitest';
import { rows } from './rows.ts';
import { scenariosIn } from './runner/catalogue.ts';

const scenarios = (await scenariosIn('')).flatMap(([, list]) => list);

describe('the scenarios', () => {
  test('show every row of the contract', () => {
    const shown = new Set<string>(scenarios.flatMap((one) => one.rows));
    expect(Object.keys(rows).filter((row) => !shown.has(row))).toEqual([]);
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
