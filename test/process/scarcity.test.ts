import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forbidding } from '../helpers/forbid.ts';
import { fixture, freshName } from '../helpers/processes.ts';

let folder: string;

/** Milliseconds until what a test has started counts as hung. */
const timeout = 50_000;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-scarcity-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a process prints that tries each thing once. It ends by itself, or the test fails. */
async function attempts(program: string, args: readonly string[] = []): Promise<string[]> {
  const { stdout } = await execa(program, [...args, fixture('scarce'), freshName()], { timeout });
  return stdout.split('\n');
}

/** How it ends when a process connects to itself until the system has no more. */
async function crowd(program: string, args: readonly string[], env = {}): Promise<unknown> {
  const { stdout } = await execa(program, args, { timeout, env });
  return JSON.parse(stdout);
}

const allDone = ['listen undefined', 'connect 4', 'fork 6 3000000', 'share 1000'];

test.each([
  [
    ['memfd_create'],
    [
      'listen undefined',
      'connect ERR_RINGWIRE_SYSTEM accept EPERM',
      'fork ERR_RINGWIRE_CHILD_EXITED',
      'share ERR_RINGWIRE_SYSTEM memfd_create EPERM',
    ],
  ],
  [
    ['accept4'],
    [
      'listen ERR_RINGWIRE_SYSTEM accept4 EPERM',
      'fork ERR_RINGWIRE_SYSTEM accept4 EPERM',
      'share 1000',
    ],
  ],
  [['futex'], allDone],
  [['sched_setaffinity', 'sched_getaffinity'], allDone],
] as const)('where the kernel refuses %j, each call works or says why', async (calls, lines) => {
  expect(await attempts(await forbidding(folder, calls, process.execPath))).toEqual(lines);
});

/** Starts a program where memory may not be executable, if the system allows such a namespace. */
const demanding = [
  ...['-Urpf', '--mount-proc', 'sh', '-c'],
  ...['echo 2 > /proc/sys/vm/memfd_noexec && exec "$@"', 'sh'],
];
const { failed: noNamespace } = await execa('unshare', [...demanding, 'true'], { reject: false });

test.skipIf(noNamespace)('with vm.memfd_noexec=2, all works', async () => {
  expect(await attempts('unshare', [...demanding, process.execPath])).toEqual(allDone);
});

const served = { code: 'ERR_RINGWIRE_SYSTEM', connected: true, answered: true, again: 42 };

test.each([64, 256, 4096])('with %i descriptors, those who came are served', async (most) => {
  const script = `ulimit -n ${most} && exec "$@"`;
  const args = ['-c', script, 'sh', process.execPath, fixture('crowd'), freshName()];
  expect(await crowd('sh', args)).toEqual({ ...served, cause: 'EMFILE' });
});

test('with little address space, those who came are served', async () => {
  const args = [fixture('crowd'), freshName(), String(100 << 20)];
  // Else glibc may take 64 MB of it for one thread, and V8 end the process.
  const env = { MALLOC_ARENA_MAX: '1' };
  expect(await crowd(process.execPath, args, env)).toEqual({ ...served, cause: 'ENOMEM' });
});
