/** What Linux counts for a process and its threads; other platforms have no /proc. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Activity {
  /** Times that a thread gave up its core by itself and was woken again. */
  readonly wakeUps: number;
  /** Microseconds on a core. */
  readonly cpu: number;
}

/** Sums over the threads that live now. A thread that has ended is not counted. */
export function readActivity(pid: number): Activity {
  let wakeUps = 0;
  let cpu = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      wakeUps += voluntarySwitches(readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8'));
      cpu += onCore(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
    } catch (error) {
      if (!ended(error)) throw error;
    }
  }
  return { wakeUps, cpu };
}

/** Bytes. */
export interface Memory {
  /** Its own memory, and its share of what others have mapped, too (PSS). */
  readonly proportional: number;
  /** The part of it that is shared memory. */
  readonly shared: number;
}

export function readMemory(pid: number): Memory {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return { proportional: kilobytes(rollup, 'Pss'), shared: kilobytes(rollup, 'Pss_Shmem') };
}

/** Bytes of shared memory of the whole machine, including what no process has mapped. */
export function readSharedMemory(): number {
  return kilobytes(readFileSync('/proc/meminfo', 'utf8'), 'Shmem');
}

/** Bytes, from a file of lines such as `Pss:   1234 kB`. */
export function kilobytes(text: string, name: string): number {
  const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text);
  if (found === null) throw new Error(`/proc has no ${name}`);
  return Number(found[1]) * 1024;
}

/** From /proc/.../status. */
export function voluntarySwitches(status: string): number {
  const found = /^voluntary_ctxt_switches:\s+(\d+)$/m.exec(status);
  if (found === null) throw new Error('/proc/.../status has no voluntary_ctxt_switches');
  return Number(found[1]);
}

/** From /proc/.../schedstat, whose first number is nanoseconds on a core. */
export function onCore(schedstat: string): number {
  return Number(schedstat.split(' ')[0]) / 1000;
}

function ended(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ESRCH';
}
