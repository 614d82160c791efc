import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchElectron } from '../../scripts/electron/launch.ts';
import { electron } from './electron.ts';

const ringwire = join(inject('installed'), 'node_modules/ringwire');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-copies-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const main = `
const first = require('library').ringwire;
require('ringwire/register');
const { once } = require('node:events');
const { app, BrowserWindow, ipcMain } = require('electron');
const own = require('ringwire/main');

app.whenReady().then(async () => {
  const preload = require.resolve('./preload.cjs');
  const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: false } });
  const heard = once(ipcMain, 'loaded');
  await window.loadURL('data:text/html,page');
  const [, inWindow] = await heard;
  const preloads = window.webContents.session.getPreloads();
  console.log('RESULT ' + JSON.stringify({
    paths: own.paths().map(({ path }) => path),
    same: JSON.stringify(own.paths()) === JSON.stringify(first.paths()),
    inWindow,
    preloads,
  }));
  app.exit();
});
`;
const preload = `
const { ipcRenderer, path } = require('ringwire/renderer');
ipcRenderer.send('loaded', [path().path, require('library').ringwireInWindow.path().path]);
`;
const library = `
if (process.type === 'browser') {
  require('ringwire/register');
  exports.ringwire = require('ringwire/main');
} else exports.ringwireInWindow = require('ringwire/renderer');
`;

/** Copies ringwire, as another version if one is given. */
async function copyTo(nodeModules: string, version?: string): Promise<void> {
  const home = join(nodeModules, 'ringwire');
  await cp(ringwire, home, { recursive: true });
  if (version === undefined) return;
  const { version: real } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
  const code = (await readdir(join(home, 'dist'))).filter((name) => name.endsWith('.cjs'));
  for (const name of ['package.json', ...code.map((file) => `dist/${file}`)]) {
    const text = await readFile(join(home, name), 'utf8');
    await writeFile(join(home, name), text.replaceAll(`"${real}"`, `"${version}"`));
  }
}

/** What the application says whose library has a ringwire of its own. */
async function run(version?: string): Promise<{ result: unknown; warnings: string[] }> {
  const home = await mkdtemp(join(folder, 'application-'));
  await writeFile(join(home, 'main.cjs'), main);
  await writeFile(join(home, 'preload.cjs'), preload);
  await copyTo(join(home, 'node_modules'));
  const nested = join(home, 'node_modules/library');
  await mkdir(nested, { recursive: true });
  await writeFile(join(nested, 'index.js'), library);
  await copyTo(join(nested, 'node_modules'), version);
  const started = await launchElectron({
    appPath: join(home, 'main.cjs'),
    switches: [`--user-data-dir=${join(home, 'user-data')}`, '--enable-logging=stderr'],
    timeout: 50_000,
  });
  const { output, timedOut } = await started.exited;
  expect(timedOut, output).toBe(false);
  const [, result = ''] = /^RESULT (.*)$/m.exec(output) ?? [];
  expect(result, output).not.toBe('');
  const warnings = output.split('\n').filter((line) => /ringwire:|preload script/.test(line));
  return { result: JSON.parse(result), warnings };
}

describe.runIf(electron)('two copies of ringwire in one application', () => {
  test.each([
    ['of the same version', undefined],
    ['of different versions', '0.0.9'],
  ])('%s: the first serves, and both tell the same', async (_title, version) => {
    expect(await run(version)).toEqual({
      result: {
        paths: ['ring'],
        same: true,
        inWindow: ['ring', 'ring'],
        preloads: [],
      },
      warnings: [],
    });
  });
});
