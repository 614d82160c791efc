import { afterEach, expect, it, vi } from 'vitest';
import { passFor } from '../../helpers/platform.ts';
import { found, joinFrom, loadMain, nativePreloads, quietly } from './ringwire.ts';
import { StandIn } from './stand-in.ts';

const warnings = quietly();

afterEach(() => {
  vi.unstubAllEnvs();
  Reflect.deleteProperty(globalThis, Symbol.for('ringwire.experimental'));
});

/** Registers on Windows, opens a window, and says what became of it. */
async function onWindows(options = {}) {
  const electron = new StandIn(found, '33.1.0');
  passFor('win32', 'x64', electron.version);
  const { register } = await loadMain(electron);
  register(options);
  const session = electron.session();
  const { mainFrame } = electron.contents(session);
  const heard: unknown[] = [];
  electron.ipcMain.on('send', (_event, value) => heard.push(value));
  electron.deliver(mainFrame, { kind: 'message', channel: 'send', args: [1] });
  return {
    heard,
    preloads: nativePreloads(session)(),
    joins: Object.hasOwn(Object(joinFrom(electron, mainFrame)), 'messenger'),
    register,
  };
}

it('an experimental platform stays on stock IPC: no preload, no ring, nothing on the console', async () => {
  const { heard, preloads, joins } = await onWindows();
  expect({ heard, preloads, joins }).toEqual({ heard: [1], preloads: [], joins: false });
  expect(warnings()).toEqual([]);
});

it.each([
  ['register({ experimental: true })', { experimental: true }, undefined],
  ['RINGWIRE_EXPERIMENTAL=1', {}, '1'],
])('%s gives it rings', async (_how, options, variable) => {
  vi.stubEnv('RINGWIRE_EXPERIMENTAL', variable);
  const { heard, preloads, joins, register } = await onWindows(options);
  expect({ heard, joins }).toEqual({ heard: [1], joins: true });
  expect(preloads).toEqual([expect.stringContaining('preload.cjs')]);
  register({ experimental: true });
  expect(warnings()).toEqual([]);
});

it('an option that comes too late is named on the console', async () => {
  const { register, joins } = await onWindows();
  register({ experimental: true });
  expect(joins).toBe(false);
  expect(warnings()).toEqual([expect.stringMatching(/ignored: experimental\.$/)]);
});

it('RINGWIRE=off comes first', async () => {
  vi.stubEnv('RINGWIRE', 'off');
  expect(await onWindows({ experimental: true })).toMatchObject({ preloads: [], joins: false });
});

it('an option that is neither true nor false is an error', async () => {
  await expect(onWindows({ experimental: 'yes' })).rejects.toThrow(/experimental is true or false/);
});
