/** What Linux counts for a process and its threads; other platforms have no /proc. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Activity {
  /** Times that a thread gave up its core by itself and was woken again. */
  readonly wakeUps: number;
  /** Microseconds on a core. */
  readonly cpu: number;
}

/** Sums over the threads that live now; those that end in between take their counts with them. */
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
