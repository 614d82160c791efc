import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { inject, onTestFinished } from 'vitest';

/** Options of {@link startHostile}. */
interface HostileOptions {
  /** Another user than that of the tests. */
  readonly uid?: number;
}

/** Starts test/hostile/peer.cc; resolves when it has done what it does. Gone when the test is. */
export async function startHostile(
  what: string,
  address: string,
  number = 0,
  options: HostileOptions = {},
): Promise<ChildProcess> {
  const child = spawn(inject('hostilePeer'), [what, address, String(number)], {
    ...options,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  return child;
}

/** Whether this user may start processes of another one. */
export const mayChangeUser: boolean = process.getuid?.() === 0;

/** A user that owns nothing. */
export const nobody = 65_534;
