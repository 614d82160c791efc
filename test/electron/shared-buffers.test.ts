import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type ElectronRun, launchElectron } from '../../scripts/electron/launch.ts';
import { compiledFile } from './harness/runner/catalogue.ts';

const electron = inject('electron');
const size = 3 * 1024 * 1024;

/** Starts the application of fixtures/shared-buffers.ts. */
async function start(folder: string, env: Record<string, string> = {}): Promise<ElectronRun> {
  const run = await launchElectron({
    electron,
    appPath: compiledFile(new URL('./fixtures/shared-buffers.ts', import.meta.url)),
    ipc: true,
    switches: ['--js-flags=--expose-gc', `--user-data-dir=${folder}`],
    env,
    timeout: 110_000,
  });
  await nextMessage(run);
  return run;
}

/** What the application says next; fails when it ends instead. */
function nextMessage(run: ElectronRun): Promise<unknown> {
  const ended = run.exited.then(({ output }) => {
    throw new Error(`the application ended:\n${output}`);
  });
  return Promise.race([
    new Promise((resolve) => run.process.once('message', (told: unknown) => resolve(told))),
    ended,
  ]);
}

async function tell(run: ElectronRun, story: string): Promise<unknown> {
  const answer = nextMessage(run);
  await run.process.sendMessage?.(story);
  return ((await answer) as { result: unknown }).result;
}

// Windows has none in Electron.
describe.skipIf(process.platform === 'win32')('a shared buffer in Electron', () => {
  let folder: string;
  let run: ElectronRun;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringwire-shared-'));
    run = await start(join(folder, 'on'));
  });

  afterAll(async () => {
    await run?.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  const stories: [title: string, story: string, result: unknown][] = [
    ['of main is the same memory in a window', 'fromMain', [7, 8, 9, true]],
    [
      'of a window reaches main by send, sendSync and invoke, and comes back as itself',
      'fromWindow',
      ['before', 11, 'behind', 12, true, true, true],
    ],
    [
      'is taken off a document that is reloaded, and given to the next',
      'reload',
      [1, true, 2, true],
    ],
    [
      'of a window that crashed stays with main until it is closed',
      'crash',
      [11, 5, 'ERR_RINGWIRE_BUFFER_CLOSED'],
    ],
    [
      'that is closed is detached on that side only',
      'closing',
      [
        [0, 'ERR_RINGWIRE_BUFFER_CLOSED'],
        4,
        0,
        ['ERR_RINGWIRE_BUFFER_CLOSED', 'ERR_RINGWIRE_BUFFER_CLOSED'],
      ],
    ],
    ['wakes who waits in a window', 'waiting', 'ok'],
    ['keeps its ArrayBuffer, whoever would take it', 'escape', [size, size, size, size]],
    ['and everything beside it survive garbage collection', 'churn', 'whole'],
    ['goes from window to window', 'betweenWindows', [11, 21]],
    [
      'that is closed is no answer, and the window is told why',
      'closedAnswer',
      "Error invoking remote method 'closed': RingwireError: This shared buffer was closed. " +
        'Close it when nobody in this process needs it any more.',
    ],
    ['goes inside of plain values to a window that has just loaded', 'inside', 6],
    ['does not go to a window without a ring', 'stockWindow', 'ERR_RINGWIRE_NOT_SHAREABLE'],
    ['does not go within a Map', 'unclonable', 'ERR_RINGWIRE_NOT_SHAREABLE'],
  ];

  // /proc says there what is mapped.
  const onLinux = process.platform === 'linux';
  const here = stories.filter(([, story]) => onLinux || story !== 'reload');

  test.each(here)('%s', async (_title, story, result) => {
    expect(await tell(run, story)).toEqual(result);
  });

  test('is not made with RINGWIRE=off, in main or in a window', async () => {
    const off = await start(join(folder, 'off'), { RINGWIRE: 'off' });
    try {
      const code = 'ERR_RINGWIRE_UNSUPPORTED';
      expect(await tell(off, 'off')).toEqual([code, code]);
    } finally {
      await off.kill();
    }
  });
});
