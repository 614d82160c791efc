import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchElectron } from '../../scripts/electron/launch.ts';
import type { ResolvedElectron } from '../../scripts/electron/resolve.ts';
import { root } from '../../scripts/run.ts';

const electron = inject('electron');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-bundled-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Prepares what is installed next to the bundle. */
type Install = (nodeModules: string) => Promise<unknown>;

const nothing: Install = async () => {};
const ringwire: Install = (nodeModules) => symlink(root, join(nodeModules, 'ringwire'));
const another: Install = async (nodeModules) => {
  await mkdir(join(nodeModules, 'ringwire'));
  const manifest = JSON.stringify({ name: 'ringwire', version: '99.0.0' });
  await writeFile(join(nodeModules, 'ringwire/package.json'), manifest);
};

/** Bundles the application into a folder of its own, starts it there, and returns what it prints. */
async function start(external: string[], install: Install, manifest: boolean): Promise<string[]> {
  const application = await mkdtemp(join(folder, 'application-'));
  await mkdir(join(application, 'node_modules'));
  await install(join(application, 'node_modules'));
  const main = join(application, 'dist/main.cjs');
  await bundle('bundled.ts', main, external);
  // A sandboxed preload cannot load files, so it has to contain what it uses.
  await bundle('bundled-preload.ts', join(application, 'dist/own-preload.cjs'), []);
  if (manifest) await writeFile(join(application, 'package.json'), '{ "main": "dist/main.cjs" }');
  // What an application may have under the names of ringwire's own files.
  const stranger = "require('electron').ipcRenderer.send('stranger');";
  await writeFile(join(application, 'dist/preload.cjs'), stranger);
  await mkdir(join(application, 'build/Release'), { recursive: true });
  await cp(process.execPath, join(application, 'build/Release/own.node'));

  const run = await launchElectron({
    electron: electron as ResolvedElectron,
    appPath: main,
    switches: [`--user-data-dir=${join(application, 'user-data')}`],
    timeout: 50_000,
  });
  const { output, timedOut } = await run.exited;
  if (timedOut) throw new Error(`it does not end:\n${output}`);
  return output.split('\n').filter((line) => /^(ringwire: |path |a stranger)/.test(line));
}

async function bundle(name: string, outfile: string, external: string[]): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, 'fixtures', name)],
    outfile,
    bundle: true,
    platform: 'node',
    external: ['electron', ...external],
    alias: external.length > 0 ? {} : aliases(),
    logLevel: 'error',
  });
}

/** A bundler finds ringwire where it is installed; here that is this repository. */
function aliases(): Record<string, string> {
  const names = ['register', 'main', 'renderer'];
  return Object.fromEntries(
    names.map((name) => [`ringwire/${name}`, join(root, `dist/${name}.cjs`)]),
  );
}

const sandboxed = 'path stock sandboxed stock sandboxed';
const onRing = [
  'path ring undefined ring undefined 1000',
  expect.stringContaining(
    `${sandboxed} The native addon cannot run here: this frame has no ring (sandboxed)`,
  ),
];
const unjoined = expect.stringContaining('path stock unsupported stock not-joined');
const onStock = [unjoined, unjoined];

describe.skipIf(electron === null)('a main file that esbuild has bundled', () => {
  test('finds the ringwire that is external', async () => {
    expect(await start(['ringwire/*'], ringwire, true)).toEqual(onRing);
  });

  test('contains ringwire, and finds the one that is installed', async () => {
    expect(await start([], ringwire, true)).toEqual(onRing);
  });

  for (const [title, manifest] of [
    ['contains ringwire, which is not installed', true],
    ['contains ringwire, and no package.json is anywhere above', false],
  ] as const) {
    test(`${title}: stock IPC, and one line says what to do`, async () => {
      const [line, ...rest] = await start([], nothing, manifest);
      expect(line).toMatch(/ringwire was bundled.*Keep \/\^ringwire\/ external/);
      expect(rest).toEqual(onStock);
    });
  }

  test('contains another version than is installed: stock IPC, and one line says so', async () => {
    const [line, ...rest] = await start([], another, true);
    expect(line).toMatch(/has version 99\.0\.0.*Keep \/\^ringwire\/ external/);
    expect(rest).toEqual(onStock);
  });
});
