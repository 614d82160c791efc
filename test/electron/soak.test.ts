import { describe, expect, inject, test } from 'vitest';
import { runSoak } from '../soak/launch.ts';
import type { Report } from '../soak/protocol.ts';

const electron = inject('electron');
const plan = { seed: 1, milliseconds: 20_000, windows: 3, peers: 2, pace: 200 };

// It counts what /proc says, and stops processes.
describe.runIf(process.platform === 'linux')('windows and peers that talk all the time', () => {
  test('are killed, stopped, left and closed: nothing is lost, doubled or late', {
    timeout: 360_000,
  }, async () => {
    let last: Report | undefined;
    const { exitCode, output } = await runSoak(
      electron,
      { ...plan, node: process.execPath },
      {
        onReport(report) {
          last = report;
        },
      },
    );
    expect(last?.faults, output).toEqual([]);
    expect(exitCode, output).toBe(0);
    expect(last?.ended).toBe(true);
    // What went by stock IPC, or was not disturbed, would prove nothing.
    expect(last?.byRing).toBeGreaterThan(0);
    for (const kind of ['kill', 'pause', 'close', 'destroy', 'reload', 'peer: pause']) {
      expect(last?.disturbances[kind], kind).toBeGreaterThan(0);
    }
    const { messages, calls, requests, pushes, compared } = last?.sums ?? {};
    for (const count of [messages, calls, requests, pushes, compared]) {
      expect(count).toBeGreaterThan(0);
    }
  });
});
