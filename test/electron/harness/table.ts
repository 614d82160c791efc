import { relative } from 'node:path';
import { type Row, rows } from './rows.ts';
import { contextsOf, type Scenario } from './scenario.ts';

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

/** The scenarios that an Electron can run, for {@link renderTable}. */
export function shownOn(
  major: number,
  catalogue: readonly (readonly [path: string, scenarios: readonly Scenario[]])[],
  docs: string,
): Shown[] {
  return catalogue.flatMap(([path, scenarios]) =>
    scenarios
      .filter(({ versions: { from = 0, to = Number.POSITIVE_INFINITY } = {} }) => {
        return major >= from && major <= to;
      })
      .map((scenario) => ({ scenario, file: relative(docs, path) })),
  );
}

/** docs/parity.md: made of a run in which every scenario had the same result on both. */
export function renderTable(shown: readonly Shown[], platform: Platform): string {
  const runs = shown.reduce((sum, { scenario }) => sum + contextsOf(scenario).length, 0);
  return [
    '# What is proved',
    '',
    "Each row is something that an application can see of Electron's IPC. Each *scenario* is code of an",
    'application: it runs in a real Electron twice, on stock IPC and with `ringwire/register`. What it',
    'observes is written down beforehand; both runs have to observe exactly that, and the same as each',
    'other. In the run with ringwire every frame that can be on the ring must be on it, else the scenario',
    'fails: nothing is equal because it quietly stayed on stock IPC.',
    '',
    versionLine(platform),
    '',
    `**${Object.keys(rows).length} rows, ${shown.length} scenarios, ${runs} runs on each side: all equal.**`,
    'No row differs deliberately; [the notes](semantics-notes.md#where-ringwire-differs) tell what no row shows.',
    '',
    'The words in brackets are the kinds of windows a scenario ran in: *isolated* (contextIsolation),',
    '*bare* (without it), *node* (nodeIntegration), and *sandboxed*, which stays on stock IPC and runs',
    'once more with every message in a batch. *Stock* says whether stock Electron does what is written down; *ringwire*,',
    'whether ringwire does the same.',
    '',
    ...groupTitles().flatMap(([group, title]) => renderGroup(group, title, shown)),
    '---',
    '',
    'Made by `npm run parity` from the report of `npm test -- electron`; not to be edited.',
    '',
  ].join('\n');
}

const versionPattern = /^Ran on Electron (\S+) \(Chromium (\S+), Node (\S+)\), Linux x64\.$/m;

function versionLine({ electron, chrome, node }: Platform): string {
  return `Ran on Electron ${electron} (Chromium ${chrome}, Node ${node}), Linux x64.`;
}

/** What an existing table says it was made on. */
export function platformOf(table: string): Platform {
  const [, electron, chrome, node] = versionPattern.exec(table) ?? [];
  if (electron === undefined || chrome === undefined || node === undefined) {
    throw new Error('the table does not say which Electron it was made on');
  }
  return { electron, chrome, node };
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

function renderGroup(group: string, title: string, shown: readonly Shown[]): string[] {
  const own = (Object.keys(rows) as Row[]).filter((row) => groupOf(row) === group);
  return [
    `## ${title}`,
    '',
    '| row | what it says | stock | ringwire | scenarios |',
    '|---|---|---|---|---|',
    ...own.map((row) => renderRow(row, shown)),
    '',
  ];
}

function renderRow(row: Row, shown: readonly Shown[]): string {
  const by = shown.filter(({ scenario }) => scenario.rows.includes(row));
  const results = by.length > 0 ? 'as written | equal' : 'not on this version | –';
  const names = by.map(({ scenario, file }) => {
    return `[${cell(scenario.name)}](${file}) (${contextsOf(scenario).join(', ')})`;
  });
  return `| \`${row}\` | ${cell(rows[row])} | ${results} | ${names.join('<br>')} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
