import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findElectron } from '../../../lib/doctor/find-electron.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringwire-find-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(...parts: string[]): string {
  const path = join(folder, ...parts);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '');
  return path;
}

function install(): string {
  const place = join(folder, 'node_modules/electron');
  put('node_modules/electron/index.js');
  writeFileSync(join(place, 'package.json'), '{ "name": "electron", "main": "index.js" }');
  writeFileSync(join(place, 'path.txt'), 'its-name\n');
  return place;
}

const missing = (message: RegExp) =>
  expect.objectContaining({
    code: 'ERR_RINGWIRE_NO_ELECTRON',
    message: expect.stringMatching(message),
  });

it("finds the application's own, also from a folder below", () => {
  install();
  const path = put('node_modules/electron/dist/its-name');
  mkdirSync(join(folder, 'packages/app'), { recursive: true });
  expect(findElectron(folder, {})).toBe(path);
  expect(findElectron(join(folder, 'packages/app'), {})).toBe(path);
});

it('takes the folder or the executable that the environment names', () => {
  const name = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const inDist = put('dist', name[process.platform as keyof typeof name] ?? 'electron');
  const own = put('own');
  expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'dist') })).toBe(inDist);
  expect(findElectron(folder, { RINGWIRE_ELECTRON: own })).toBe(own);
  expect(findElectron(folder, { RINGWIRE_ELECTRON: './own' })).toBe(own);
});

it('takes a version that was fetched for tests', () => {
  const place = `ringwire/electron-1.2.3-${process.platform}-${process.arch}`;
  const env = { XDG_CACHE_HOME: folder, RINGWIRE_ELECTRON: '1.2.3' };
  expect(() => findElectron(folder, env)).toThrow(missing(/electron-1\.2\.3/));
  mkdirSync(join(folder, place), { recursive: true });
});

it('says what is missing', () => {
  expect(() => findElectron(folder, {})).toThrow(missing(/no package 'electron' is installed in/));
  install();
  expect(() => findElectron(folder, {})).toThrow(missing(/has not downloaded its Electron/));
  expect(() => findElectron(folder, { RINGWIRE_ELECTRON: '/none' })).toThrow(
    missing(/RINGWIRE_ELECTRON is set, but there is no \/none/),
  );
  expect(() => findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: '/none' })).toThrow(
    missing(/ELECTRON_OVERRIDE_DIST_PATH is set, but there is no \/none/),
  );
});
