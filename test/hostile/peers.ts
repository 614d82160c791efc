import {
  type ChildProcess,
  type ChildProcessByStdio,
  execFileSync,
  spawn,
} from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
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
  const child = spawnHostile(what, address, String(number), options);
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  return child;
}

/** The same; it may wait for {@link begin}. */
export function spawnHostile(
  what: string,
  address: string,
  more: string,
  options: HostileOptions = {},
): HostileProcess {
  const child = spawn(inject('hostilePeer'), [what, address, more], {
    ...options,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** A process of test/hostile/peer.cc. */
export type HostileProcess = ChildProcessByStdio<Writable, Readable, null>;

/** Lets one that waits for it begin. */
export function begin(child: HostileProcess): void {
  child.stdin.write('x');
}

/** The lies that test/hostile/peer.cc can tell, by where it tells them. */
export function allLies(): ReadonlyMap<string, readonly string[]> {
  const lies = new Map<string, string[]>();
  const listed = execFileSync(inject('hostilePeer'), ['list', ''], { encoding: 'utf8' });
  for (const line of listed.trim().split('\n')) {
    const [where = '', lie = ''] = line.split('\t');
    lies.set(where, [...(lies.get(where) ?? []), lie]);
  }
  return lies;
}

/** Whether this user may start processes of another one. */
export const mayChangeUser: boolean = process.getuid?.() === 0;

/** A user that owns nothing. */
export const nobody = 65_534;
