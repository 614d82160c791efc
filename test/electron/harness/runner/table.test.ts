import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testedVersions } from '../../../../scripts/electron/runtimes.ts';
import { root } from '../../../../scripts/run.ts';
import { scenariosIn } from './catalogue.ts';
import { platformsOf, renderTable, shownIn } from './table.ts';

test('docs/parity.md names the present rows, scenarios and Electrons (npm run parity makes it anew)', async () => {
  const docs = join(root, 'docs');
  const table = await readFile(join(docs, 'parity.md'), 'utf8');
  const platforms = platformsOf(table);
  expect(platforms.map(({ electron }) => electron)).toEqual(testedVersions);
  const shown = shownIn(await scenariosIn(''), docs);
  expect(table.split('\n')).toEqual(renderTable(shown, platforms).split('\n'));
});
