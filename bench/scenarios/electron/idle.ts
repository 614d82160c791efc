import { setTimeout as pause } from 'node:timers/promises';
import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import type { Limits } from '../../harness/measure/measure.ts';
import { type Activity, readActivity } from '../../harness/measure/proc.ts';
import type { Measurement, ObservedProcesses } from '../../harness/trials/trial.ts';
import type { ElectronScenario } from '../scenario.ts';

const calls = 1000;
const interval = 250;

/** What do main and a window do while nobody says anything, after they have talked? */
export const idle: ElectronScenario = {
  id: 'idle',
  title: 'idle, main and window together',
  unit: 'wake-ups/s',
  windows: 1,
  main({ ipcMain }) {
    ipcMain.on('increment', (event, number: number) => {
      event.returnValue = number + 1;
    });
  },
  async page({ ipcRenderer }) {
    for (let number = 0; number < calls; number++) {
      expectSame(ipcRenderer.sendSync('increment', number), number + 1);
    }
    return undefined;
  },
  observe,
};

/** From a third process: one that watches itself is not idle. */
async function observe(processes: ObservedProcesses, limits: Limits): Promise<Measurement> {
  await pause(Math.max(1000, limits.warmUp)); // Chromium does what it put off until now
  const read = (): { main: Activity; pages: Activity } => ({
    main: readActivity(processes.main),
    pages: processes.pages.map(readActivity).reduce(add),
  });
  const samples: number[] = [];
  const start = now();
  const first = read();
  let last = first;
  let lastTime = start;
  while (now() < start + limits.atMost * 1000) {
    await pause(interval);
    const next = read();
    const time = now();
    const wakeUps = total(next) - total(last);
    samples.push(wakeUps / ((time - lastTime) / 1e6));
    last = next;
    lastTime = time;
  }
  const elapsed = lastTime - start;
  const seconds = elapsed / 1e6;
  return {
    samples: Float64Array.from(samples),
    operations: seconds, // so that CPU time is given per second
    elapsed,
    answersChecked: calls,
    cpu: {
      caller: last.pages.cpu - first.pages.cpu,
      answerer: last.main.cpu - first.main.cpu,
    },
    details: {
      'wake-ups per second of main': (last.main.wakeUps - first.main.wakeUps) / seconds,
      'of the window': (last.pages.wakeUps - first.pages.wakeUps) / seconds,
    },
  };
}

function add(a: Activity, b: Activity): Activity {
  return { wakeUps: a.wakeUps + b.wakeUps, cpu: a.cpu + b.cpu };
}

function total({ main, pages }: { main: Activity; pages: Activity }): number {
  return main.wakeUps + pages.wakeUps;
}
