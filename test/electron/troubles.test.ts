import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchElectron } from '../../scripts/electron/launch.ts';
import { confine } from '../helpers/confine.ts';
import { forbidding } from '../helpers/forbid.ts';
import { compiledFile } from './harness/runner/catalogue.ts';
import { resultsIn, saidIn } from './harness/runner/printed.ts';

const electron = inject('electron');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-troubles-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly results: unknown[];
  /** The path of a window that is open when ringwire registers. */
  readonly before?: unknown;
  /** What ringwire has said on the console. */
  readonly said: string[];
}

/** Opens a window of each kind, with two documents each, in fixtures/troubles.ts. */
async function open(
  title: string,
  env: Record<string, string> = {},
  left = '',
  program?: string,
): Promise<Ended> {
  const run = await launchElectron({
    electron,
    ...(program !== undefined && { program }),
    appPath: compiledFile(new URL('./fixtures/troubles.ts', import.meta.url)),
    args: [await mkdtemp(join(folder, 'run-')), title, left],
    env,
    timeout: 50_000,
  });
  const { output, timedOut } = await run.exited;
  if (timedOut) throw new Error(`a window hangs:\n${output}`);
  const before = output.split('\n').find((line) => line.startsWith('before: '));
  return {
    results: resultsIn(output),
    ...(before && { before: JSON.parse(before.slice(8)) }),
    said: saidIn(output),
  };
}

const document = ['ask 2', 'call 3', 'back 1', 'news 1'];
const heard = [document, document];
const stock = (reason: string) => ({ heard, path: 'stock', reason });
const onRing = [
  { sandbox: false, heard, path: 'ring' },
  { sandbox: true, ...stock('sandboxed'), batched: true },
];
const onStock = (reason: string) => [
  { sandbox: false, ...stock(reason) },
  { sandbox: true, ...stock(reason) },
];

describe('windows load and talk, and the console says why once', () => {
  for (const title of [
    'no trouble',
    'an emit of its own, later',
    'a window without a frame',
    'no listeners on ipcMain',
  ]) {
    test(`${title}: rings and batches`, async () => {
      expect(await open(title)).toEqual({ results: onRing, said: [] });
    });
  }

  test('registered twice: the first options stay, and the console names the others', async () => {
    const { results, said } = await open('registered twice');
    expect(results).toEqual(onRing);
    expect(said).toEqual([expect.stringMatching(/ignored: codec, filter\.$/)]);
  });

  test('registered late: an open window takes part from its next load on', async () => {
    const { results, before, said } = await open('registered late');
    expect(results).toEqual(onRing);
    expect(before).toMatchObject({
      path: 'stock',
      reason: 'not-joined',
      detail: expect.stringContaining('older than register()'),
    });
    expect(said).toEqual([expect.stringContaining('1 open before register()')]);
  });

  for (const [title, why] of [
    ['an emit that cannot be changed', 'redefine property: emit'],
    ['a frozen prototype', 'not extensible'],
    ['no internal event', 'has no internal event -ipc-ports'],
    ['no internal method', 'has no WebFrameMain.prototype._postMessage'],
  ] as const) {
    test(`${title}: stock IPC`, async () => {
      const { results, said } = await open(title);
      expect(results).toEqual(onStock('unsupported'));
      expect(said).toEqual([expect.stringContaining(why)]);
    });
  }

  test('an exception in main: stock IPC for those that would have a ring', async () => {
    const { results, said } = await open('an exception in main');
    expect(results).toEqual([{ sandbox: false, ...stock('unsupported') }, onRing[1]]);
    expect(said).toEqual([expect.stringContaining('no process id')]);
  });

  test('a filter that throws: stock IPC', async () => {
    const { results, said } = await open('a filter that throws');
    expect(results).toEqual(onStock('off'));
    expect(said).toEqual([expect.stringContaining('no filter')]);
  });

  test('windows that the filter leaves out: stock IPC, and nothing to say', async () => {
    const ended = await open('no trouble', {}, 'filtered');
    expect(ended).toEqual({ results: onStock('off'), said: [] });
  });
});

const onLinux = describe.runIf(process.platform === 'linux');

onLinux('windows load and talk', () => {
  test('a system that forbids the socket: stock IPC', async () => {
    const { results, said } = await open('no trouble', await confine(folder, 'snap.app.'));
    expect(results).toEqual([{ sandbox: false, ...stock('unsupported') }, onRing[1]]);
    expect(said).toEqual([expect.stringMatching(/bind.*(EACCES|[Pp]ermission denied)/)]);
  });

  for (const call of ['memfd_create', 'accept4']) {
    test(`a system that forbids ${call}: stock IPC`, async () => {
      const program = await forbidding(folder, [call], electron.path);
      const { results, said } = await open('no trouble', {}, '', program);
      expect(results).toEqual([
        expect.objectContaining({ sandbox: false, heard, path: 'stock' }),
        onRing[1],
      ]);
      expect(said).toEqual([expect.stringMatching(/EPERM|not permitted/)]);
    });
  }

  for (const calls of [['futex'], ['sched_setaffinity', 'sched_getaffinity']]) {
    test(`a system that forbids ${calls.join(' and ')}: rings`, async () => {
      const program = await forbidding(folder, calls, electron.path);
      expect(await open('no trouble', {}, '', program)).toEqual({ results: onRing, said: [] });
    });
  }

  test('a snap, which may use a name of its own: rings', async () => {
    const env = { ...(await confine(folder, 'snap.app.')), SNAP_NAME: 'app' };
    expect(await open('no trouble', env)).toEqual({ results: onRing, said: [] });
  });
});

// Elsewhere the environment may ask for it.
onLinux('a Linux that passes for', () => {
  test('a system on which nobody has run the addon: stock IPC, and paths() says why', async () => {
    const detail =
      'win32-x64 in Electron is experimental (built, not run); RINGWIRE_EXPERIMENTAL=1 in the ' +
      'environment or register({ experimental: true }) switches it on';
    const results = onStock('experimental').map((result) => ({ ...result, detail }));
    expect(await open('on Windows')).toEqual({ results, said: [] });
  });

  test.each([
    ['on Windows, asked for', {}],
    ['on Windows', { RINGWIRE_EXPERIMENTAL: '1' }],
  ])(
    'the same, asked for (%s, %o): rings, by the addon that was compiled here',
    async (title, env) => {
      expect(await open(title, env)).toEqual({ results: onRing, said: [] });
    },
  );

  test.each([
    ['on Windows, asked for', 'win32-x64: '],
    ['on FreeBSD', 'freebsd-x64: No native build was found'],
  ])(
    'one %s, without an addon that loads: stock IPC, and a line that names the system',
    async (title, why) => {
      const { results, said } = await open(title, { PREBUILDS_ONLY: '1' });
      expect(results).toEqual(
        onStock('unsupported').map((result) => ({
          ...result,
          detail: expect.stringContaining(why),
        })),
      );
      expect(said).toEqual([
        expect.stringContaining(`on Electron's own IPC. The native addon cannot run here: ${why}`),
      ]);
    },
  );
});
