import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { onTestFinished } from 'vitest';
import { type Fork, type ForkOptions, fork } from '../../lib/node/fork.ts';
import { type ListenOptions, listen, type Server } from '../../lib/node/listen.ts';

export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/${name}.mjs`, import.meta.url));
}

/** Forks a fixture; it is gone when the test is. */
export async function forkFixture(name: string, options: ForkOptions = {}): Promise<Fork> {
  const forked = await fork(fixture(name), [], { stdio: 'pipe', ...options });
  onTestFinished(() => {
    forked.peer.close();
    forked.child.kill('SIGKILL');
  });
  return forked;
}

/** A fixture that runs on its own. */
interface Started extends PromiseLike<{ readonly stdout: string }> {
  readonly pid?: number;
  readonly stdout: NodeJS.ReadableStream;
  kill(signal: NodeJS.Signals): boolean;
}

/** Starts a fixture as a process of its own; it is gone when the test is. */
export function startFixture(name: string, ...args: string[]): Started {
  const process = execa({ node: true, reject: false })`${fixture(name)} ${args}`;
  onTestFinished(() => {
    process.kill('SIGKILL');
  });
  return process;
}

/** Resolves when the fixture has said that it listens. */
export async function listening({ stdout }: Started): Promise<void> {
  await once(stdout, 'data');
}

let count = 0;

/** A name that no other test uses. */
export function freshName(): string {
  return `test/${process.pid}/${++count}`;
}

/** Listens on a fresh name until the test is finished. */
export async function listenFresh(options: ListenOptions = {}): Promise<[string, Server]> {
  const name = freshName();
  const server = await listen(name, options);
  onTestFinished(() => server.close());
  return [name, server];
}

/** Resolves with the exit code and signal of a child. */
export function exitOf({ child }: Fork): Promise<[number | null, string | null]> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve([child.exitCode, child.signalCode]);
  }
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve([code, signal]));
  });
}
