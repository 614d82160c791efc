import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchElectron } from '../../../scripts/electron/launch.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-launch-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function application(main: string, manifest = {}): Promise<string> {
  const place = await mkdtemp(join(folder, 'app-'));
  await writeFile(
    join(place, 'package.json'),
    JSON.stringify({ name: 'launched', version: '3.2.1', main: 'start.js', ...manifest }),
  );
  await writeFile(join(place, 'start.js'), `const { app } = require('electron');\n${main}`);
  return place;
}

test('an application folder starts as it would with electron itself', async () => {
  const appPath = await application(`
    const seen = [app.getName(), app.getVersion(), app.getAppPath(), process.defaultApp, app.isPackaged];
    console.log(JSON.stringify([...seen, process.argv.slice(-2), process.env.GIVEN]));
    app.exit(7);
  `);
  const started = await launchElectron({
    appPath,
    args: ['--own', 'argument'],
    env: { GIVEN: 'by the test' },
    timeout: 60_000,
  });
  const { exitCode, timedOut, output } = await started.exited;
  expect(JSON.parse(output.split('\n').find((line) => line.startsWith('[')) ?? 'null')).toEqual([
    'launched',
    '3.2.1',
    appPath,
    true,
    false,
    ['--own', 'argument'],
    'by the test',
  ]);
  expect({ exitCode, timedOut }).toEqual({ exitCode: 7, timedOut: false });
});

test('a single script is an application too', async () => {
  const appPath = await application('console.log("script", __filename); app.exit();');
  const script = join(appPath, 'start.js');
  const started = await launchElectron({ appPath: script, timeout: 60_000 });
  expect((await started.exited).output).toContain(`script ${script}`);
});

test('messages of Node go both ways', async () => {
  const appPath = await application(`
    process.on('message', (message) => process.send({ echo: message }, () => app.exit()));
    process.send('ready');
  `);
  const started = await launchElectron({ appPath, ipc: true, timeout: 60_000 });
  const messages: unknown[] = [];
  started.process.on('message', (message: unknown) => {
    messages.push(message);
    if (message === 'ready') void started.process.sendMessage?.(new Map([[1, 2n]]));
  });
  await started.exited;
  expect(messages).toEqual(['ready', { echo: new Map([[1, 2n]]) }]);
});

test('an application that never ends is killed with all of its processes', async () => {
  const appPath = await application(`
    app.whenReady().then(async () => {
      const { BrowserWindow } = require('electron');
      const window = new BrowserWindow({ show: false });
      await window.loadURL('data:text/html,hello');
      const pids = app.getAppMetrics().map(({ pid }) => pid);
      console.log(JSON.stringify({ pids }));
    });
  `);
  const started = await launchElectron({ appPath });
  const pids = await new Promise<number[]>((resolve) => {
    started.onLine((line) => {
      if (line.startsWith('{"pids"')) resolve(JSON.parse(line).pids);
    });
  });
  expect(pids.length).toBeGreaterThan(1);
  expect(await started.kill()).toMatchObject({ signal: 'SIGKILL', timedOut: false });
  await expect.poll(() => pids.filter(isAlive), { timeout: 30_000 }).toEqual([]);
});

test('the watchdog ends what takes too long, and says so', async () => {
  const appPath = await application('console.log("started"); setInterval(() => {}, 1000);');
  const started = await launchElectron({ appPath, timeout: 3_000 });
  expect(await started.exited).toMatchObject({ signal: 'SIGKILL', timedOut: true });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
