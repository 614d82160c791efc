import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchElectron } from '../../scripts/electron/launch.ts';
import { root } from '../../scripts/run.ts';
import { electron } from './electron.ts';

const installed = inject('installed');
const tools = inject('tools');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-examples-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What examples/`name` shows, with the installed ringwire. */
async function shown(name: string, build?: (home: string) => Promise<unknown>): Promise<unknown> {
  const home = join(folder, name);
  await cp(join(root, 'examples', name), home, { recursive: true });
  await cp(join(installed, 'node_modules'), join(home, 'node_modules'), { recursive: true });
  await build?.(home);
  const watch = join(home, 'watch.cjs');
  await cp(join(import.meta.dirname, 'watch-example.cjs'), watch);
  const run = await launchElectron({
    appPath: watch,
    switches: [`--user-data-dir=${join(home, 'user-data')}`],
    timeout: 50_000,
  });
  const { output, timedOut } = await run.exited;
  expect(timedOut, output).toBe(false);
  const [, result = ''] = /^RESULT (.*)$/m.exec(output) ?? [];
  expect(result, output).not.toBe('');
  return JSON.parse(result);
}

const onRing = {
  paths: ['ring'],
  text: expect.stringMatching(/^1000 calls by ring: [\d.]+ µs each; the next 1000: [\d.]+ µs/),
};

describe.runIf(electron)('the example', () => {
  test('in plain JavaScript is on the ring', async () => {
    expect(await shown('plain')).toEqual(onRing);
  });

  test('built by electron-vite is on the ring', async () => {
    const build = async (home: string): Promise<void> => {
      for (const name of ['electron-vite', 'electron']) {
        await symlink(join(tools, 'node_modules', name), join(home, 'node_modules', name));
      }
      const program = join(tools, 'node_modules/.bin/electron-vite');
      await execa(program, ['build'], { cwd: home, stdin: 'ignore', env: { NODE_OPTIONS: '' } });
    };
    expect(await shown('electron-vite', build)).toEqual(onRing);
  });
});
