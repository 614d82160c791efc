/** docs/parity.md: every row of the contract, the scenarios that show it, and what came of them. */
import { rows } from './rows.ts';
import type { Scenario } from './scenario.ts';

/** What vitest's JSON report says of one test. */
export interface Assertion {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
}

/** How often a scenario was run, once per context, and how often both runs were as expected. */
interface Tally {
  readonly contexts: number;
  readonly equal: number;
}

const groups: Record<string, string> = {
  renderer: '`ipcRenderer`',
  main: '`ipcMain`, `webContents.ipc`, `webFrameMain.ipc`',
  event: 'The event in main',
  errors: 'Arguments and errors',
  invoke: '`invoke`',
  sync: '`sendSync`',
  throw: 'Listeners that throw',
  push: 'From main to a frame',
  ports: 'MessagePorts',
  order: 'Order',
  lifetime: 'Lifetime',
  value: 'Values',
  context: 'Windows, frames, sessions',
  load: 'Load',
  register: 'Switching over',
};

const head = '| what an application can see | scenarios | equal |\n|---|---|---|';

/** The tables. `scenarios` are all there are, `tests` those of a whole run. */
export function parityTables(scenarios: readonly Scenario[], tests: readonly Assertion[]): string {
  const tallies = tally(tests);
  const line = ([row, text]: [string, string]): string => {
    const shown = scenarios.filter((one) => (one.rows as readonly string[]).includes(row));
    const names = shown.map(({ name }) => cell(name)).join('<br>');
    return `| ${cell(text)} | ${names} | ${result(shown, tallies)} |`;
  };
  const parts = Object.entries(groups).map(([group, title]) => {
    const members = Object.entries(rows).filter(([row]) => row.startsWith(`${group}/`));
    return [`## ${title}`, '', head, ...members.map(line)].join('\n');
  });
  return parts.join('\n\n');
}

/** The tables without their results: what has to be there whatever the last run said. */
export function withoutResults(tables: string): string {
  return tables.replaceAll(/ \| [^|]* \|$/gm, ' |');
}

/** What both tests of a scenario in a context say, by its name. */
function tally(tests: readonly Assertion[]): Map<string, Tally> {
  const contexts = new Map<string, boolean[]>();
  for (const { ancestorTitles, status } of tests) {
    const key = ancestorTitles[1];
    if (key === undefined) continue;
    const known = contexts.get(key) ?? [];
    contexts.set(key, [...known, status === 'passed']);
  }
  const tallies = new Map<string, Tally>();
  for (const [key, passed] of contexts) {
    const name = key.replace(/ \(\w+\)$/, '');
    const { contexts: before, equal } = tallies.get(name) ?? { contexts: 0, equal: 0 };
    const same = passed.length === 2 && passed.every(Boolean);
    tallies.set(name, { contexts: before + 1, equal: equal + Number(same) });
  }
  return tallies;
}

function result(shown: readonly Scenario[], tallies: ReadonlyMap<string, Tally>): string {
  const found = shown.map(({ name }) => tallies.get(name) ?? { contexts: 0, equal: 0 });
  const missing = found.filter(({ contexts }) => contexts === 0).length;
  const contexts = found.reduce((sum, one) => sum + one.contexts, 0);
  const equal = found.reduce((sum, one) => sum + one.equal, 0);
  return `${equal} of ${contexts}${missing > 0 ? `, ${missing} not run` : ''}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
