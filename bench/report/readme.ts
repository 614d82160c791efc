/** Writes the figures of the newest committed results between marks in README.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { root } from '../../scripts/run.ts';
import { machineLine } from '../harness/machine.ts';
import { electronMark, type Results } from '../harness/results.ts';
import { plotNames } from './plots/names.ts';
import { failures, type Row, rowsOf } from './rows.ts';
import { crossTable, shortTable } from './table.ts';

/** By the name in the marks: where results are committed. */
const places = { feel: 'bench/feel', bench: 'bench/results' } as const;

type Marks = keyof typeof places;

/** README.md is read on npm too, and these files are not in the package. */
const repository = 'https://github.com/ringwire/ringwire/blob/main';

/** The scenarios of README.md, at most six of each kind; those that gain nothing come first. */
export const headlines: Readonly<Record<Marks, readonly string[]>> = {
  feel: [
    'window',
    'first-call',
    'calls-2-to-11',
    'send-sync-rest-20',
    'send-sync-rest-20-second',
    'invoke-rest-20',
  ],
  bench: [
    'sandboxed-invoke',
    'sandboxed-send-burst',
    'send-sync',
    'invoke',
    'push-burst',
    'send-sync-1m',
  ],
};

/** Rewrites README.md; returns the folders that the numbers came from. */
export async function updateReadme(): Promise<string[]> {
  const file = join(root, 'README.md');
  let text = await readFile(file, 'utf8');
  const folders: string[] = [];
  for (const [marks, place] of Object.entries(places) as [Marks, string][]) {
    const folder = await newestResults(place);
    const json = await readFile(join(root, folder, 'results.json'), 'utf8');
    const results = JSON.parse(json) as Results;
    if (results.quick || failures(results).length > 0) {
      throw new Error(`${folder} is a quick run or has failed trials: not for a claim`);
    }
    text = withNumbers(text, numbers(results, folder, marks), marks);
    folders.push(folder);
  }
  await writeFile(file, text);
  return folders;
}

/** The text with what stands between its marks replaced. */
export function withNumbers(readme: string, text: string, marks: Marks): string {
  const [begin, end] = [`<!-- ${marks}: begin -->`, `<!-- ${marks}: end -->`];
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) {
    throw new Error(`README.md has to have ${begin} and, after it, ${end}, each on its own line`);
  }
  return `${readme.slice(0, from + begin.length)}\n${text}\n${readme.slice(to)}`;
}

/** What stands between the marks. `folder` is relative to the root of the repository. */
export function numbers(results: Results, folder: string, marks: Marks): string {
  const rows = rowsOf(results);
  const electron = headlineRows(rows, headlines[marks]);
  const node = rows.filter(({ scenario }) => scenario.group === 'node');
  const parts = [
    `<!-- Made by \`npm run bench -- readme\` from ${folder}; do not edit. -->`,
    `p50 · p99 of one run on ${machineLine(results.machine)}, ${results.date.slice(0, 10)}.`,
  ];
  if (electron.length > 0) parts.push(shortTable(electron));
  if (node.length > 0) {
    const between =
      'In plain Node, between two processes (MessagePort and synckit: between two threads):';
    parts.push(between, crossTable(node));
  }
  const files = [
    ['All figures', 'table.md'],
    ['picture', plotNames.electron],
    ['raw data', 'results.json'],
  ];
  const links = files.map(([text, name]) => `[${text}](${repository}/${folder}/${name})`);
  parts.push(links.join(' · '));
  return parts.join('\n\n');
}

function headlineRows(rows: readonly Row[], ids: readonly string[]): Row[] {
  return ids.flatMap((id) =>
    rows.filter(({ scenario }) => scenario.group === 'electron' && scenario.id === id),
  );
}

/** Folders begin with their date; runs that are not whole are never committed. README.md's are of no selected Electron. */
async function newestResults(place: string): Promise<string> {
  const args = ['ls-files', `${place}/*/results.json`];
  const { stdout } = await execa('git', args, { cwd: root });
  const names = stdout.split('\n').filter((name) => name && !name.includes(electronMark));
  const newest = names.toSorted().at(-1);
  if (newest === undefined) throw new Error(`No results are committed in ${place}`);
  return dirname(newest);
}
