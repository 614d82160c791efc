import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { confine } from '../helpers/confine.ts';
import { fixture, freshName } from '../helpers/processes.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-confined-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a process prints that may bind only what a snap of this name may. */
async function run(name: string, env: Record<string, string>): Promise<string> {
  const confined = await confine(folder, 'snap.app_one.');
  const { stdout } = await execa({ node: true, env: { ...confined, ...env } })`${[
    fixture('confined'),
    name,
  ]}`;
  return stdout;
}

test('a process of a confined package listens, connects and forks under its own names', async () => {
  expect(await run(freshName(), { SNAP_INSTANCE_NAME: 'app_one', SNAP_NAME: 'app' })).toBe('4 6');
});

test('the longest name is no exception', async () => {
  const longest = freshName().padEnd(60, 'x');
  const instance = `app_one.${'y'.repeat(43)}`;
  expect(await run(longest, { SNAP_INSTANCE_NAME: instance })).toBe('4 6');
});

test('a process that may bind no name that ringwire knows is told which system call failed', async () => {
  expect(await run(freshName(), {})).toContain('ERR_RINGWIRE_SYSTEM');
});
