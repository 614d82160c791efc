import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  readSources,
  type Sources,
  tagsOf,
} from '../../../scripts/electron/private-parts/checkout.ts';
import { withTable } from '../../../scripts/electron/private-parts/document.ts';
import findings from '../../../scripts/electron/private-parts/findings.json' with { type: 'json' };
import { parts } from '../../../scripts/electron/private-parts/parts.ts';
import {
  type Findings,
  find,
  formsOf,
  render,
} from '../../../scripts/electron/private-parts/table.ts';
import { root } from '../../../scripts/run.ts';

const found = findings as unknown as Findings;

it('the document shows what was found', async () => {
  const document = await readFile(join(root, 'docs/electron-versions.md'), 'utf8');
  expect(document).toBe(withTable(document, render(found)));
});

it('every form that a part may have was found, and no other', () => {
  for (const [id, { forms }] of Object.entries(parts)) {
    expect(Object.keys(found.forms[id] ?? {}).sort()).toEqual(Object.keys(forms).sort());
  }
});

it('a document without a place for the table is an error', () => {
  expect(() => withTable('# Electron versions', '| |')).toThrow(/There has to be/);
});

it('a form that is not known is an error that names it and its version', async () => {
  const nothing: Sources = { version: '46.0.0', raw: () => '', text: () => '' };
  const all = (async function* () {
    yield nothing;
  })();
  await expect(find(all)).rejects.toThrow(/46\.0\.0: who emits .*: nothing that is known/);
});

it('a change in the middle of a version is found, and a range of whole versions is short', () => {
  expect(formsOf(found, '33.0.2').event).toBe('_replyChannel frameId processId');
  expect(formsOf(found, '33.1.0').event).toContain('senderFrame');
  expect(render(found)).toContain('| 20 to 34 | `setPreloads` and `getPreloads` |');
});

let checkout = '';
beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'ringwire-checkout-'));
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: checkout });
  await git('init', '-q');
  for (const tag of ['v43.0.0-beta.2', 'v43.0.0', 'v44.0.0-alpha.9', 'v44.0.0-beta.1', 'v9.0.0']) {
    await mkdir(dirname(join(checkout, 'lib/a.ts')), { recursive: true });
    await writeFile(join(checkout, 'lib/a.ts'), `in\n  ${tag}\n`);
    await git('add', '.');
    await git('commit', '-qm', tag);
    await git('tag', tag);
  }
});
afterAll(() => rm(checkout, { recursive: true, force: true }));

it('releases are read, and of a version that has none its newest preview', async () => {
  expect(await tagsOf(checkout)).toEqual(['v43.0.0', 'v44.0.0-beta.1']);
});

it('files are read as a tag has them, and what is missing is empty', async () => {
  const texts: unknown[] = [];
  for await (const { version, text, raw } of readSources(
    checkout,
    ['v43.0.0', 'v44.0.0-alpha.9'],
    ['lib/none.ts', 'lib/a.ts'],
  )) {
    texts.push([version, text('lib/a.ts'), text('lib/none.ts'), raw('lib/a.ts').length]);
  }
  expect(texts).toEqual([
    ['43.0.0', 'in v43.0.0 ', '', 'in\n  v43.0.0\n'.length],
    ['44.0.0-alpha.9', 'in v44.0.0-alpha.9 ', '', 'in\n  v44.0.0-alpha.9\n'.length],
  ]);
});
