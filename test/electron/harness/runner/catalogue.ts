import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contextsOf, runsOn, type Scenario } from '../scenario.ts';
import type { RunItem } from './run.ts';

const tests = fileURLToPath(new URL('../..', import.meta.url));
const source = join(tests, 'scenarios');
const compiled = fileURLToPath(new URL('../../../../build/electron-tests', import.meta.url));

/** The compiled application that runs scenarios. */
export const appFile: string = join(compiled, 'harness/app/app.cjs');

/** What a TypeScript file of these tests was compiled to. */
export function compiledFile(file: string | URL): string {
  const path = typeof file === 'string' ? file : fileURLToPath(file);
  return join(compiled, relative(tests, path).replace(/\.ts$/, '.cjs'));
}

/** What can run on a version of Electron, of one folder of scenarios/ or ('') of all. */
export async function itemsOf(group: string, version: string): Promise<RunItem[]> {
  const items: RunItem[] = [];
  for (const [path, list] of await scenariosIn(group)) {
    const file = compiledFile(path);
    for (const [index, scenario] of list.entries()) {
      if (!runsOn(scenario, version)) continue;
      for (const context of contextsOf(scenario)) {
        items.push({ key: `${scenario.name} (${context})`, file, index, context, scenario });
      }
    }
  }
  return items;
}

/** Scenarios by source file; '' stands for all groups. */
export async function scenariosIn(
  group: string,
): Promise<[path: string, scenarios: readonly Scenario[]][]> {
  const names = (await readdir(join(source, group), { recursive: true })).sort();
  return Promise.all(
    names
      .filter((name) => name.endsWith('.ts'))
      .map(async (name): Promise<[string, readonly Scenario[]]> => {
        const path = join(source, group, name);
        const module = (await import(path)) as { default: readonly Scenario[] };
        return [path, module.default];
      }),
  );
}
