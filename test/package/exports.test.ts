import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { expect, inject, it } from 'vitest';
import { root } from '../../scripts/run.ts';

const tarball = inject('tarball');

it('publint has nothing to say', async () => {
  const bytes = await readFile(tarball);
  const packed = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball: packed }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
});

it('TypeScript finds the right declarations under every module resolution', async () => {
  const { exitCode, stdout } = await execa(
    'attw',
    [tarball, '--no-definitely-typed', '--no-emoji', '--no-color', '--format', 'ascii'],
    { cwd: root, preferLocal: true, reject: false },
  );
  expect(exitCode, stdout).toBe(0);
  expect(stdout).toContain('No problems found');
});

it('every entry puts its types before its code, for import and for require', async () => {
  const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const entries = Object.entries<Record<string, object>>(exports).filter(
    ([name]) => name !== './package.json',
  );
  expect(entries.map(([name]) => name)).toEqual(['.', './main', './renderer', './register']);
  for (const [, conditions] of entries) {
    expect(Object.keys(conditions)).toEqual(['import', 'require']);
    for (const face of Object.values(conditions)) expect(Object.keys(face)[0]).toBe('types');
  }
});
