import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/run.ts';
import { scenariosIn } from './harness/catalogue.ts';
import { platformOf, renderTable, shownOn } from './harness/table.ts';

test('docs/parity.md names the present rows and scenarios (npm run parity makes it anew)', async () => {
  const docs = join(root, 'docs');
  const table = await readFile(join(docs, 'parity.md'), 'utf8');
  const platform = platformOf(table);
  const major = Number.parseInt(platform.electron, 10);
  const shown = shownOn(major, await scenariosIn(''), docs);
  expect(table.split('\n')).toEqual(renderTable(shown, platform).split('\n'));
});
