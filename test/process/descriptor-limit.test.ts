import { constants } from 'node:os';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { fixture, listenFresh } from '../helpers/processes.ts';

/** Runs a fixture that may have few descriptors, and returns its lines. */
async function runWithFew(name: string, ...args: string[]): Promise<string[]> {
  const script = 'ulimit -n 60 && exec "$@"';
  const { stdout } = await execa('sh', [
    '-c',
    script,
    'sh',
    process.execPath,
    fixture(name),
    ...args,
  ]);
  return stdout.split('\n').filter((line) => line !== '');
}

test.each([
  ['connect', 'ERR_RINGWIRE_SYSTEM'],
  ['listen', 'ERR_RINGWIRE_SYSTEM'],
  ['share', 'ERR_RINGWIRE_BUFFER_LIMIT'],
])('without descriptors, %s says which call failed, and how', async (what, code) => {
  const [name] = await listenFresh();
  const errors = (await runWithFew('few-descriptors', what, name)).map((line) => JSON.parse(line));
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) {
    expect(error).toMatchObject({
      code,
      message: expect.stringContaining(`${error.cause.syscall}: EMFILE`),
      cause: { code: 'EMFILE', errno: -constants.errno.EMFILE, syscall: expect.any(String) },
    });
  }
});

test('without descriptors, connectSync of the addon says the same', async () => {
  const [name] = await listenFresh();
  const lines = await runWithFew('few-descriptors', 'connect-sync', name);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    const { syscall, message } = JSON.parse(line);
    // The second are the words of musl.
    expect([
      `${syscall}: Too many open files`,
      `${syscall}: No file descriptors available`,
    ]).toContain(message);
  }
});
