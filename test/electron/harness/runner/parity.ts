import { beforeAll, describe, expect, inject, test } from 'vitest';
import { expectedOf, majorOf } from '../scenario.ts';
import { appFile, itemsOf } from './catalogue.ts';
import type { Mode } from './report.ts';
import { type Outcome, type RunItem, runScenarios } from './run.ts';

/** To check the scenarios themselves: PARITY=stock compares stock with stock. */
const second: Mode = process.env.PARITY === 'stock' ? 'stock' : 'ringwire';

/**
 * Two more passes, of each isolated and each sandboxed window. They take a third of the time, so of
 * several Electrons only the newest has them in `npm test`.
 */
const variations = process.env.PARITY_VARIATIONS !== 'off';

/** Declares the tests of all scenarios in one folder of scenarios/; `vitest -t` selects. */
export async function parity(group: string): Promise<void> {
  const electron = inject('electron');
  const items = await itemsOf(group, electron.version);

  describe(`${group}, on Electron ${electron.version}`, () => {
    const outcomes: Outcomes = {
      first: new Map(),
      second: new Map(),
      batched: new Map(),
      dispatched: new Map(),
    };
    // biome-ignore lint/correctness/noEmptyPattern: vitest insists on a destructuring pattern
    beforeAll(async ({}, suite) => {
      const selected = suite.tasks.filter(({ mode }) => mode === 'run').map(({ name }) => name);
      const wanted = items.filter(({ key }) => selected.includes(key));
      outcomes.first = await runScenarios(electron, appFile, 'stock', wanted);
      outcomes.second = await runScenarios(electron, appFile, second, wanted);
      if (!variations) return;
      const sandboxed = wanted.filter(isSandboxed);
      const isolated = wanted.filter(isIsolated);
      outcomes.dispatched = await runScenarios(electron, appFile, second, isolated, byElectron);
      outcomes.batched = await runScenarios(
        electron,
        appFile,
        second,
        sandboxed,
        everythingBatched,
      );
    });
    for (const item of items) compare(item, outcomes, majorOf(electron.version));
  });
}

interface Outcomes {
  first: Map<string, Outcome>;
  second: Map<string, Outcome>;
  /** Of sandboxed windows, with every message in a batch, not only those of bursts. */
  batched: Map<string, Outcome>;
  /** Of isolated windows, dispatched as where Electron's dispatcher is not known. */
  dispatched: Map<string, Outcome>;
}

const everythingBatched = { RINGWIRE_BATCH: '0' };
const byElectron = { RINGWIRE_DISPATCH: 'electron' };

function isIsolated({ context }: RunItem): boolean {
  return context === 'isolated';
}

function isSandboxed({ context }: RunItem): boolean {
  return context === 'sandboxed';
}

function compare(item: RunItem, outcomes: Outcomes, electron: number): void {
  describe(item.key, () => {
    test('stock does what is written down', () => {
      expectObservations(outcomes.first.get(item.key), item, electron);
    });
    const expectSame = (outcome: Outcome | undefined): void => {
      expectObservations(outcome, item, electron);
      expect(outcome?.observations).toEqual(outcomes.first.get(item.key)?.observations);
    };
    test(`${second} does the same`, () => expectSame(outcomes.second.get(item.key)));
    if (variations && isIsolated(item)) {
      test(`${second} does the same by Electron's own dispatcher`, () => {
        expectSame(outcomes.dispatched.get(item.key));
      });
    }
    if (!variations || !isSandboxed(item)) return;
    test(`${second} does the same with every message in a batch`, () => {
      expectSame(outcomes.batched.get(item.key));
    });
  });
}

function expectObservations(
  outcome: Outcome | undefined,
  { scenario, context }: RunItem,
  electron: number,
): void {
  if (outcome === undefined) throw new Error('the scenario was not run');
  if (outcome.error !== undefined) throw new Error(outcome.error);
  const expected = expectedOf(scenario, context, electron);
  const named = Object.keys(expected).map((actor) => [actor, outcome.observations[actor] ?? []]);
  expect(Object.fromEntries(named)).toEqual(expected);
}
