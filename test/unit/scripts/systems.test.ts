import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ensureDisplay } from '../../../scripts/electron/display.ts';
import { electronCandidates } from '../../../scripts/electron/resolve.ts';
import { runtimesSupported } from '../../../scripts/electron/runtimes.ts';
import { sandboxWorks } from '../../../scripts/electron/sandbox.ts';
import { passFor } from '../../helpers/platform.ts';

it.each([
  ['linux', 'arm64', 'electron'],
  ['darwin', 'x64', 'Electron.app/Contents/MacOS/Electron'],
  ['darwin', 'arm64', 'Electron.app/Contents/MacOS/Electron'],
  ['win32', 'x64', 'electron.exe'],
  ['win32', 'arm64', 'electron.exe'],
])('on %s %s a release of Electron is started by its own name', (platform, arch, name) => {
  passFor(platform, arch);
  const [first] = electronCandidates({ ELECTRON_OVERRIDE_DIST_PATH: '/dist' });
  expect(first).toEqual({ path: join('/dist', name), source: 'override' });
  expect(runtimesSupported()).toBe(false);
});

it.each(['darwin', 'win32'])('on %s no display is started, and the sandbox stays', async (name) => {
  passFor(name, 'x64');
  expect(await ensureDisplay()).toBeUndefined();
  expect(sandboxWorks()).toBe(true);
});
