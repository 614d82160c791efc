/**
 * Reads from Electron's sources which form each private part has that ringwire touches, in every
 * version. Writes the findings, and the table in docs/electron-versions.md.
 *
 * ```sh
 * npx tsx scripts/electron/private-parts.ts <git checkout of electron/electron, with its tags>
 * npx tsx scripts/electron/private-parts.ts --check <checkout>   # changes nothing; 1: it differs
 * ```
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Command } from 'commander';
import { root, run } from '../run.ts';
import { readSources, tagsOf } from './private-parts/checkout.ts';
import { withTable } from './private-parts/document.ts';
import { paths } from './private-parts/files.ts';
import { find, render } from './private-parts/table.ts';

const command = new Command('private-parts')
  .argument('<checkout>', 'git checkout of electron/electron, with its tags')
  .option('--check', 'change nothing; fail if anything would change')
  .parse();
const [checkout = ''] = command.args;
const findings = await find(readSources(checkout, await tagsOf(checkout), paths));
const document = join(root, 'docs/electron-versions.md');
const written = await readFile(document, 'utf8');

const kept = join(root, 'scripts/electron/private-parts/findings.json');
if (!isDeepStrictEqual(JSON.parse(await readFile(kept, 'utf8')), findings)) {
  await change(kept, JSON.stringify(findings));
  await run('biome', ['format', '--write', kept]);
}
const table = withTable(written, render(findings));
if (table !== written) await change(document, table);

async function change(path: string, text: string): Promise<void> {
  console.log(command.opts().check ? `${path} differs` : `${path} written`);
  if (command.opts().check) process.exitCode = 1;
  else await writeFile(path, text);
}
