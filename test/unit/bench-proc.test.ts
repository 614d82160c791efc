import { describe, expect, it } from 'vitest';
import { onCore, readActivity, voluntarySwitches } from '../../bench/harness/proc.ts';

describe('/proc', () => {
  it('is read for wake-ups and CPU time', () => {
    const status = 'Name:\tnode\nvoluntary_ctxt_switches:\t153\nnonvoluntary_ctxt_switches:\t7\n';
    expect(voluntarySwitches(status)).toBe(153);
    expect(() => voluntarySwitches('Name:\tnode\n')).toThrow('no voluntary_ctxt_switches');
    expect(onCore('123456789 22 3\n')).toBe(123456.789);
  });

  it.runIf(process.platform === 'linux')('knows this process, all its threads', () => {
    const before = readActivity(process.pid);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    const after = readActivity(process.pid);
    expect(after.wakeUps).toBeGreaterThan(before.wakeUps);
    expect(after.cpu).toBeGreaterThan(before.cpu);
  });
});
