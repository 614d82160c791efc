import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ensureDisplay } from '../../scripts/electron/display.ts';
import { root } from '../../scripts/run.ts';

const electron = inject('electron');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-doctor-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Visit {
  readonly exitCode: number | undefined;
  readonly screen: string;
  readonly errors: string;
}

/** As a user: in a folder of an application, with `main` as what that loads first. */
async function visit(main?: string, ...options: string[]): Promise<Visit> {
  const script = join(folder, 'fault.cjs');
  if (main !== undefined) await writeFile(script, main);
  const args = ['doctor', ...(main === undefined ? [] : ['--require', script]), ...options];
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [join(root, 'dist/cli.cjs'), ...args],
    {
      cwd: folder,
      reject: false,
      env: {
        DISPLAY: await ensureDisplay(),
        ELECTRON_OVERRIDE_DIST_PATH: dirname(electron.path),
        RINGWIRE_ELECTRON: '',
      },
    },
  );
  return { exitCode, screen: stdout, errors: stderr };
}

test('finds that all is as on stock, and says what it looked at', {
  timeout: 180_000,
}, async () => {
  const { exitCode, screen, errors } = await visit();
  expect(exitCode, screen + errors).toBe(0);
  expect(screen).toContain(`Electron      ${electron.version} (`);
  expect(screen).toMatch(/^Node +[\d.]+, by fork: two processes talk and share memory$/m);
  expect(screen).toMatch(/^addon +loaded$/m);
  expect(screen).toMatch(/^ {2}isolated +ring$/m);
  expect(screen).toMatch(/^ {2}node +ring$/m);
  expect(screen).toMatch(/^ {2}sandboxed +stock IPC, bursts in batches \(sandboxed\)$/m);
  const kinds = ['send', 'sendSync', 'invoke', 'event.reply', 'webContents.send', 'order'];
  for (const kind of kinds)
    expect(screen).toMatch(new RegExp(`^ {2}${kind} +same +same +same$`, 'm'));
  expect(screen).toMatch(/^ {2}sendToHost +- +same +-$/m);
  expect(screen).toMatch(/^ {2}sendSync +[\d.]+ \/ [\d.]+ = [\d.]+x/m);
  expect(screen.split('\n').at(-1)).toBe('All is as on stock IPC.');
});

test('finds a kind of message that something changes on ringwire alone', {
  timeout: 180_000,
}, async () => {
  const { exitCode, screen, errors } = await visit(`
    const { ipcMain } = require('electron');
    const { emit } = ipcMain;
    if (process.env.RINGWIRE_DOCTOR === 'ringwire') {
      ipcMain.emit = function (channel, ...rest) {
        const dropped = channel === 'doctor:reply' && rest[0].sender.id === 1;
        return dropped ? false : emit.call(this, channel, ...rest);
      };
    }`);
  expect(exitCode, screen + errors).toBe(1);
  expect(screen).toMatch(/^ {2}event\.reply +DIFFERS +same +same$/m);
  expect(screen).toMatch(/^ {2}webContents\.send +same +same +same$/m);
  expect(screen).toContain('DIFFERS in the isolated window: event.reply');
  expect(screen).toContain('ringwire  the window saw nothing within 10 s');
});

test('finds that windows have no ring', { timeout: 180_000 }, async () => {
  const { exitCode, screen, errors } = await visit(`process.env.RINGWIRE = 'off';`);
  expect(exitCode, screen + errors).toBe(1);
  expect(screen).toContain('NO RING in the isolated window: RINGWIRE=off in the environment');
  expect(screen).not.toContain('DIFFERS');
});

test.runIf(process.platform === 'linux')(
  'names a platform on which nobody has run the addon',
  { timeout: 180_000 },
  async () => {
    const windows = `Object.defineProperty(process, 'platform', { value: 'win32' });`;
    const { exitCode, screen, errors } = await visit(windows);
    expect(exitCode, screen + errors).toBe(1);
    expect(screen).toMatch(
      /^experimental {2}win32-x64 in Electron, switched off: .*--experimental/m,
    );
    expect(screen).toMatch(/^NO RING in the node window: .*win32-x64 in Electron is experimental/m);
    expect(screen).not.toContain('DIFFERS');

    const asked = await visit(windows, '--experimental');
    expect(asked.exitCode, asked.screen + asked.errors).toBe(0);
    expect(asked.screen).toMatch(/^experimental {2}win32-x64 in Electron, switched on: /m);
  },
);

// It asks `ps` who is left.
test.runIf(process.platform !== 'win32')(
  'kills an Electron that hangs, and says how far it came',
  { timeout: 60_000 },
  async () => {
    const { exitCode, errors } = await visit(
      `require('electron').app.whenReady().then(() => { for (;;); });`,
      ...['--timeout', '4'],
    );
    expect(exitCode, errors).toBe(2);
    expect(errors).toMatch(
      /it was killed after 4 s; it had come to .*\[ERR_RINGWIRE_ELECTRON_FAILED\]/,
    );
    const { stdout } = await execa('ps', ['-eo', 'args'], {});
    expect(stdout.split('\n').filter((line) => line.includes('dist/doctor-main.cjs'))).toEqual([]);
  },
);

test('says what an Electron printed that ends at once', { timeout: 60_000 }, async () => {
  const { exitCode, errors } = await visit(`console.error('no such luck'); process.exit(7);`);
  expect(exitCode, errors).toBe(2);
  expect(errors).toContain('it ended with code 7; it had come to its start');
  expect(errors).toContain('no such luck');
});

test('an application without Electron is an error with a code', async () => {
  const { exitCode, stderr } = await execa(
    process.execPath,
    [join(root, 'dist/cli.cjs'), 'doctor'],
    {
      cwd: tmpdir(),
      reject: false,
      env: { ELECTRON_OVERRIDE_DIST_PATH: '', RINGWIRE_ELECTRON: '' },
    },
  );
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/There is no Electron to check: .* \[ERR_RINGWIRE_NO_ELECTRON\]/);
});

test.each([['nurse'], ['doctor', '--timeout', 'soon'], ['doctor', '--unknown'], []])(
  'what is not understood is answered with the usage: %s',
  async (...args) => {
    const ended = await execa(process.execPath, [join(root, 'dist/cli.cjs'), ...args], {
      reject: false,
    });
    expect(ended.exitCode).toBe(2);
    expect(ended.stderr).toContain('usage: ringwire doctor [options]');
  },
);
