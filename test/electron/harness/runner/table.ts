import { relative } from 'node:path';
import { type Row, rows } from '../rows.ts';
import { contextsOf, runsOn, type Scenario } from '../scenario.ts';

/** Rows by the word before the slash, in the order of rows.ts; a new word needs a title here. */
const groups: Readonly<Record<string, string>> = {
  renderer: '`ipcRenderer`',
  main: '`ipcMain`, `webContents.ipc` and `frame.ipc`',
  dispatch: 'What lies below the event, and is private to Electron',
  event: 'The event in main',
  errors: 'Arguments and errors',
  invoke: '`invoke`',
  sync: '`sendSync`',
  throw: 'Listeners that throw',
  push: 'From main to a frame',
  ports: 'Message ports',
  order: 'Order',
  lifetime: 'Lifetime',
  value: 'Values',
  context: 'Kinds of windows and frames',
  webview: '`<webview>`',
  utility: 'Utility processes',
  load: 'Load',
  register: 'Switching over',
};

/** A scenario, and its source file as seen from docs/. */
export interface Shown {
  readonly scenario: Scenario;
  readonly file: string;
}

/** What the results were obtained on. */
export interface Platform {
  readonly electron: string;
  readonly chrome: string;
  readonly node: string;
}

/** All scenarios, for {@link renderTable}. */
export function shownIn(
  catalogue: readonly (readonly [path: string, scenarios: readonly Scenario[]])[],
  docs: string,
): Shown[] {
  return catalogue.flatMap(([path, scenarios]) =>
    scenarios.map((scenario) => ({ scenario, file: relative(docs, path) })),
  );
}

/** docs/parity.md: made of runs in which every scenario had the same result on both. */
export function renderTable(shown: readonly Shown[], platforms: readonly Platform[]): string {
  const count = (platform: Platform) => {
    const ran = shown.filter(({ scenario }) => runsOn(scenario, platform.electron));
    const runs = ran.reduce((sum, { scenario }) => sum + contextsOf(scenario).length, 0);
    return `${ran.length} scenarios in ${runs} runs on ${platform.electron}`;
  };
  return [
    '# What is proved',
    '',
    "Each row is something that an application can see of Electron's IPC. Each *scenario* is code of an",
    'application: it runs in a real Electron twice, on stock IPC and with `ringwire/register`. What it',
    'observes is written down beforehand; both runs have to observe exactly that, and the same as each',
    'other. In the run with ringwire every frame that can be on the ring must be on it, else the scenario',
    'fails: nothing is equal because it quietly stayed on stock IPC.',
    '',
    ...platforms.map(versionLine),
    '',
    `**${Object.keys(rows).length} rows; ${platforms.map(count).join(', ')}: all equal.**`,
    'No row differs deliberately; [the notes](semantics-notes.md#where-ringwire-differs) tell what no row shows.',
    '',
    'The words in brackets are the kinds of windows a scenario ran in: *isolated* (contextIsolation),',
    '*bare* (without it), *node* (nodeIntegration), and *sandboxed*, which stays on stock IPC and runs',
    'once more with every message in a batch. *Equal* in the column of a version: stock Electron does what',
    'is written down, and ringwire does the same. Where a version lacks what a scenario shows, its brackets',
    'say so.',
    '',
    ...groupTitles().flatMap(([group, title]) => renderGroup(group, title, shown, platforms)),
    '---',
    '',
    'Made by `npm run parity` from the reports of `npm test -- electron`; not to be edited.',
    '',
  ].join('\n');
}

const versionPattern = /^- Electron (\S+) \(Chromium (\S+), Node (\S+)\), Linux x64$/gm;

function versionLine({ electron, chrome, node }: Platform): string {
  return `- Electron ${electron} (Chromium ${chrome}, Node ${node}), Linux x64`;
}

/** What an existing table says it was made on. */
export function platformsOf(table: string): Platform[] {
  return [...table.matchAll(versionPattern)].map(([, electron = '', chrome = '', node = '']) => {
    return { electron, chrome, node };
  });
}

function groupTitles(): [group: string, title: string][] {
  const present = new Set(Object.keys(rows).map(groupOf));
  return [...present].map((group) => {
    const title = groups[group];
    if (title === undefined) throw new Error(`table.ts has no title for the rows of ${group}/`);
    return [group, title];
  });
}

function groupOf(row: string): string {
  return row.slice(0, row.indexOf('/'));
}

function renderGroup(
  group: string,
  title: string,
  shown: readonly Shown[],
  platforms: readonly Platform[],
): string[] {
  const own = (Object.keys(rows) as Row[]).filter((row) => groupOf(row) === group);
  const versions = platforms.map(({ electron }) => electron);
  return [
    `## ${title}`,
    '',
    `| row | what it says | ${versions.join(' | ')} | scenarios |`,
    `|---|---|${versions.map(() => '---|').join('')}---|`,
    ...own.map((row) => renderRow(row, shown, versions)),
    '',
  ];
}

function renderRow(row: Row, shown: readonly Shown[], versions: readonly string[]): string {
  const by = shown.filter(({ scenario }) => scenario.rows.includes(row));
  const results = versions.map((version) =>
    by.some(({ scenario }) => runsOn(scenario, version)) ? 'equal' : '–',
  );
  const names = by.map(({ scenario, file }) => {
    const where = [contextsOf(scenario).join(', '), boundsOf(scenario)].filter((text) => text);
    return `[${cell(scenario.name)}](${file}) (${where.join('; ')})`;
  });
  return `| \`${row}\` | ${cell(rows[row])} | ${results.join(' | ')} | ${names.join('<br>')} |`;
}

/** For which versions, and why not for the others; empty for a scenario of all versions. */
function boundsOf({ versions }: Scenario): string {
  if (versions === undefined) return '';
  const { from, to, why } = versions;
  const bounds = [from && `from ${from}`, to && `to ${to}`].filter((text) => text);
  return `${bounds.join(' ')}: ${cell(why)}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
