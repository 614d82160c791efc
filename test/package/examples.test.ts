import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

/** A copy of examples/`name`, with the installed ringwire and some of the tools. */
async function install(name: string, packages: readonly string[] = []): Promise<string> {
  const home = join(folder, name);
  await cp(join(root, 'examples', name), home, { recursive: true });
  await cp(join(installed, 'node_modules'), join(home, 'node_modules'), { recursive: true });
  for (const one of packages) {
    await mkdir(dirname(join(home, 'node_modules', one)), { recursive: true });
    await symlink(join(tools, 'node_modules', one), join(home, 'node_modules', one));
  }
  return home;
}

/** What the window of an example shows, and the paths of its frames. */
async function shown(home: string): Promise<unknown> {
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
    expect(await shown(await install('plain'))).toEqual(onRing);
  });

  test('built by electron-vite is on the ring', async () => {
    const home = await install('electron-vite', ['electron-vite', 'electron']);
    const program = join(tools, 'node_modules/.bin/electron-vite');
    await execa(program, ['build'], { cwd: home, stdin: 'ignore', env: { NODE_OPTIONS: '' } });
    expect(await shown(home)).toEqual(onRing);
  });

  test('packaged by Forge with vite is on the ring', async () => {
    const home = await install('forge-vite', ['@electron-forge/plugin-vite', 'electron']);
    const out = join(folder, 'forge-out');
    const args = [join(tools, 'forge-package.mjs'), home, out, dirname(electron?.path ?? '')];
    await execa(process.execPath, args, { cwd: home, stdin: 'ignore', env: { NODE_OPTIONS: '' } });
    expect(await shown(home)).toEqual(onRing);

    const name = 'ringwire-example-forge-vite';
    const run = await launchElectron({
      appPath: '.',
      program: join(out, `${name}-linux-x64`, name),
      switches: [`--user-data-dir=${join(out, 'user-data')}`],
      timeout: 50_000,
    });
    const said = new Promise<string>((resolve) => {
      run.onLine((line) => /^(ring|stock): /.test(line) && resolve(line));
      run.exited.then(({ output }) => resolve(output));
    });
    expect(await said).toMatch(/^ring: file:.*app\.asar/);
    await run.kill();
  });
});
