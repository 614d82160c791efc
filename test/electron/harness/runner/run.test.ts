import { beforeAll, describe, expect, inject, test } from 'vitest';
import failing from '../../fixtures/failing.ts';
import { appFile, compiledFile } from './catalogue.ts';
import { type Outcome, runScenarios } from './run.ts';

const electron = inject('electron');

describe('the harness', () => {
  let outcomes: Map<string, Outcome>;

  beforeAll(async () => {
    const file = compiledFile(new URL('../../fixtures/failing.ts', import.meta.url));
    const items = failing.map((scenario, index) => {
      return { key: scenario.name, file, index, context: 'isolated' as const, scenario };
    });
    outcomes = await runScenarios(electron, appFile, 'stock', items);
  });

  test('reports what a scenario throws', () => {
    expect(outcomes.get('throws')?.error).toContain('RangeError: of its own');
  });

  test('reports what code in a renderer throws', () => {
    expect(outcomes.get('throws in a renderer')?.error).toContain('TypeError: far away');
  });

  test('reports a scenario that hangs, with its last lines', () => {
    const error = outcomes.get('never ends')?.error;
    expect(error).toContain('no end within 1000 ms');
    expect(error).toContain('main: last words 3');
  });

  test('reports a scenario that takes the process with it, with its last lines', () => {
    const error = outcomes.get('takes main with it')?.error;
    expect(error).toContain('SIGKILL');
    expect(error).toContain('main: before the end');
  });

  test('runs what comes after, untouched by what was before', () => {
    expect(outcomes.get('is well')).toEqual({
      observations: { main: ['listeners 0'], page: ['well 0'] },
      error: undefined,
    });
  });

  test('has an outcome for each', () => {
    expect([...outcomes.keys()].sort()).toEqual(failing.map(({ name }) => name).sort());
  });
});
