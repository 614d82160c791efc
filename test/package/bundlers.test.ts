import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Application, addNamesakes, linesOf, makeApplication } from './application.ts';
import { electron } from './electron.ts';
import { onRing, onStock } from './expected-paths.ts';

const installed = inject('installed');
const tools = inject('tools');

/** Each is a script in tools/bundle, and the main file that it writes. */
const bundlers: readonly (readonly [name: string, mainFile: string])[] = [
  ['esbuild', 'main.cjs'],
  ['vite-7', 'main.cjs'],
  ['vite-7-module', 'main.mjs'],
  ['vite-5', 'main.cjs'],
  ['electron-vite', 'main.cjs'],
  ['webpack-5', 'main.cjs'],
  ['webpack-5-dirname', 'main.cjs'],
  ['rollup', 'main.cjs'],
  ['tsup', 'main.cjs'],
];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-bundled-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Built {
  readonly application: Application;
  start(): Promise<string[]>;
}

async function bundled(
  [name, mainFile]: readonly [string, string],
  mode: 'external' | 'inside',
): Promise<Built> {
  const application = await makeApplication(folder, installed);
  const script = join(tools, `bundle/${name}.mjs`);
  await execa(process.execPath, [script, application.folder, mode], {
    cwd: application.folder,
    stdin: 'ignore',
    env: { NODE_ENV: 'production', NODE_OPTIONS: '' },
  });
  await addNamesakes(application);
  const start = (): Promise<string[]> =>
    linesOf(join(application.folder, 'dist', mainFile), join(application.folder, 'user-data'));
  return { application, start };
}

const uninstall = ({ application }: Built): Promise<void> =>
  rm(join(application.nodeModules, 'ringwire'), { recursive: true });

const advice = /^ringwire: .*ringwire was bundled.*Keep \/\^ringwire\/ external/;

describe.runIf(electron)('a main file', () => {
  describe.each(bundlers)('that %s has made', (...bundler) => {
    test('finds the ringwire that is external', async () => {
      const { start } = await bundled(bundler, 'external');
      expect(await start()).toEqual(onRing);
    });

    test('contains ringwire, and finds the one that is installed', async () => {
      const { start } = await bundled(bundler, 'inside');
      expect(await start()).toEqual(onRing);
    });

    test('contains ringwire, which is not installed: stock IPC, and one line', async () => {
      const built = await bundled(bundler, 'inside');
      await uninstall(built);
      const [line, ...rest] = await built.start();
      expect(line).toMatch(advice);
      expect(rest).toEqual(onStock);
    });
  });

  test('with no package.json above it: stock IPC, and one line', async () => {
    const built = await bundled(['esbuild', 'main.cjs'], 'inside');
    await uninstall(built);
    await rm(join(built.application.folder, 'package.json'));
    const [line, ...rest] = await built.start();
    expect(line).toMatch(advice);
    expect(rest).toEqual(onStock);
  });

  test('with another version of ringwire beside it: stock IPC, and one line', async () => {
    const built = await bundled(['esbuild', 'main.cjs'], 'inside');
    await uninstall(built);
    const other = join(built.application.nodeModules, 'ringwire');
    await mkdir(other);
    const manifest = JSON.stringify({ name: 'ringwire', version: '99.0.0' });
    await writeFile(join(other, 'package.json'), manifest);
    const [line, ...rest] = await built.start();
    expect(line).toMatch(/has version 99\.0\.0.*Keep \/\^ringwire\/ external/);
    expect(rest).toEqual(onStock);
  });
});
