import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { testedVersions } from '../../scripts/electron/runtimes.ts';
import { root } from '../../scripts/run.ts';
import { flows } from './catalogue.ts';

const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const text = read('docs/libraries.md');
const { dependencies } = JSON.parse(read('test/libraries/package.json')) as {
  dependencies: Record<string, string>;
};
const rows = [...text.matchAll(/^\| (@?[\w./-]+) (\d[\w.-]*) \|.*\| ([^|]+) \| ([^|]+) \|$/gm)];

it('docs/libraries.md has a row for every flow, with the version that is installed', () => {
  const documented = rows.map(([, name, version]) => `${name} ${version}`);
  expect(documented).toEqual(
    flows.map(({ libraries: [name = ''] }) => `${name} ${dependencies[name]}`),
  );
  expect(rows.map(([, , , stock, ringwire]) => `${stock}, ${ringwire}`)).toEqual(
    flows.map(() => 'as expected, the same'),
  );
});

it('every installed library is pinned and used by a flow', () => {
  const used = flows.flatMap(({ libraries }) => libraries);
  expect(Object.keys(dependencies).sort()).toEqual([...used].sort());
  expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual(
    [],
  );
});

it('every flow has a test, and every flow folder is in the catalogue', () => {
  const folder = join(root, 'test/libraries');
  const missing = flows.filter(
    ({ folder: name }) => !existsSync(join(folder, `expected/${name}.test.ts`)),
  );
  expect(missing).toEqual([]);
  const folders = readdirSync(join(folder, 'flows'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(folders.sort()).toEqual(flows.map(({ folder }) => folder).sort());
});

it('docs/libraries.md names the Electrons that these tests run on', () => {
  const named = /on Electron (.*?), Linux/.exec(text)?.[1]?.match(/\d+\.\d+\.\d+/g);
  expect(named).toEqual(testedVersions);
});
