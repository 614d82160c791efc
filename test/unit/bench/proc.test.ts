import { describe, expect, it } from 'vitest';
import {
  kilobytes,
  onCore,
  readActivity,
  readMemory,
  readSharedMemory,
  voluntarySwitches,
} from '../../../bench/harness/measure/proc.ts';

describe('/proc', () => {
  it('is read for wake-ups and CPU time', () => {
    const status = 'Name:\tnode\nvoluntary_ctxt_switches:\t153\nnonvoluntary_ctxt_switches:\t7\n';
    expect(voluntarySwitches(status)).toBe(153);
    expect(() => voluntarySwitches('Name:\tnode\n')).toThrow('no voluntary_ctxt_switches');
    expect(onCore('123456789 22 3\n')).toBe(123456.789);
  });

  it('is read for memory', () => {
    const rollup =
      'Rss:                 900 kB\nPss:                 615 kB\nPss_Shmem:             8 kB\n';
    expect(kilobytes(rollup, 'Pss')).toBe(615 * 1024);
    expect(kilobytes(rollup, 'Pss_Shmem')).toBe(8 * 1024);
    expect(() => kilobytes(rollup, 'Shmem')).toThrow('/proc has no Shmem');
  });

  it.runIf(process.platform === 'linux')('knows what memory this process has', () => {
    const before = readMemory(process.pid);
    const more = Buffer.alloc(64 * 2 ** 20, 1);
    const after = readMemory(process.pid);
    expect(after.proportional - before.proportional).toBeGreaterThan(more.length / 2);
    expect(after.shared).toBeLessThan(after.proportional);
    expect(readSharedMemory()).toBeGreaterThanOrEqual(0);
  });

  it.runIf(process.platform === 'linux')('knows this process, all its threads', () => {
    const before = readActivity(process.pid);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    const after = readActivity(process.pid);
    expect(after.wakeUps).toBeGreaterThan(before.wakeUps);
    expect(after.cpu).toBeGreaterThan(before.cpu);
  });
});
