/** Makes a folder that people can read from results.json. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Results, stringify } from '../harness/results.ts';
import { plots } from './plots/plot.ts';
import { reportMarkdown } from './table.ts';

/** Writes results.json, table.md and the plots; returns the names of the files. */
export async function render(results: Results, folder: string): Promise<string[]> {
  const svgs = await plots(results);
  const pictures = svgs.map(({ name, alt }) => `![${alt}](${name})`).join('\n\n');
  const files = new Map([
    ['results.json', stringify(results)],
    ['table.md', `${reportMarkdown(results)}${pictures && `\n${pictures}\n`}`],
    ...svgs.map(({ name, svg }) => [name, svg] as const),
  ]);
  await mkdir(folder, { recursive: true });
  for (const [name, text] of files) await writeFile(join(folder, name), text);
  return [...files.keys()];
}
