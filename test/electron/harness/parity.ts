import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import type { Mode } from './report.ts';
import { type Outcome, type RunItem, runScenarios } from './run.ts';
import { contextsOf, expectedOf, type Scenario } from './scenario.ts';

const source = fileURLToPath(new URL('../scenarios', import.meta.url));
const compiled = fileURLToPath(new URL('../../../build/electron-tests', import.meta.url));

/** To check the scenarios themselves: PARITY=stock compares stock with stock. */
const second: Mode = process.env.PARITY === 'stock' ? 'stock' : 'ringwire';

/** Declares the tests of all scenarios in one folder of scenarios/; `vitest -t` selects. */
export async function parity(group: string): Promise<void> {
  const electron = inject('electron');
  if (electron === null) {
    test.skip(`${group}: no Electron can run here, see above`);
    return;
  }
  const items = await itemsOf(group, Number.parseInt(electron.version, 10));
  const app = join(compiled, 'harness/app.cjs');

  describe(`${group}, on Electron ${electron.version}`, () => {
    const outcomes: Outcomes = { first: new Map(), second: new Map() };
    // biome-ignore lint/correctness/noEmptyPattern: vitest insists on a destructuring pattern
    beforeAll(async ({}, suite) => {
      const selected = suite.tasks.filter(({ mode }) => mode === 'run').map(({ name }) => name);
      const wanted = items.filter(({ key }) => selected.includes(key));
      outcomes.first = await runScenarios(electron, app, 'stock', wanted);
      outcomes.second = await runScenarios(electron, app, second, wanted);
    });
    for (const item of items) compare(item, outcomes);
  });
}

interface Outcomes {
  first: Map<string, Outcome>;
  second: Map<string, Outcome>;
}

function compare(item: RunItem, outcomes: Outcomes): void {
  describe(item.key, () => {
    test('stock does what is written down', () => {
      expectObservations(outcomes.first.get(item.key), item);
    });
    test(`${second} does the same`, () => {
      const outcome = outcomes.second.get(item.key);
      expectObservations(outcome, item);
      expect(outcome?.observations).toEqual(outcomes.first.get(item.key)?.observations);
    });
  });
}

function expectObservations(outcome: Outcome | undefined, { scenario, context }: RunItem): void {
  if (outcome === undefined) throw new Error('the scenario was not run');
  if (outcome.error !== undefined) throw new Error(outcome.error);
  const expected = expectedOf(scenario, context);
  const named = Object.keys(expected).map((actor) => [actor, outcome.observations[actor] ?? []]);
  expect(Object.fromEntries(named)).toEqual(expected);
}

async function itemsOf(group: string, version: number): Promise<RunItem[]> {
  const items: RunItem[] = [];
  for (const [path, list] of await scenariosIn(group)) {
    const file = join(compiled, 'scenarios', relative(source, path).replace(/\.ts$/, '.cjs'));
    for (const [index, scenario] of list.entries()) {
      const { from = 0, to = Number.POSITIVE_INFINITY } = scenario.versions ?? {};
      if (version < from || version > to) continue;
      for (const context of contextsOf(scenario)) {
        items.push({ key: `${scenario.name} (${context})`, file, index, context, scenario });
      }
    }
  }
  return items;
}

/** All scenarios of a group, or of all groups, by source file. */
export async function scenariosIn(group: string): Promise<[path: string, Scenario[]][]> {
  const names = (await readdir(join(source, group), { recursive: true })).sort();
  return Promise.all(
    names
      .filter((name) => name.endsWith('.ts'))
      .map(async (name): Promise<[string, Scenario[]]> => {
        const path = join(source, group, name);
        const module = (await import(path)) as { default: Scenario | readonly Scenario[] };
        return [path, [module.default].flat() as Scenario[]];
      }),
  );
}
