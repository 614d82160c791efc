import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import { spent } from '../../harness/measure/work.ts';
import { roundTrip } from '../../parts/least-time.ts';
import type { ElectronScenario } from '../scenario.ts';

const calls = 1000;

/** What does a window pay when it has just been opened, and no code has been compiled yet? */
export const invokeFirst: ElectronScenario = {
  id: 'invoke-first',
  title: 'invoke, the first 1000 of a window',
  unit: 'us',
  floor: roundTrip,
  windows: 1,
  main({ ipcMain }) {
    ipcMain.handle('increment', (_event, number: number) => number + 1);
  },
  async page({ ipcRenderer, readCpu }) {
    const samples = new Float64Array(calls);
    const before = await readCpu();
    const begin = now();
    for (let number = 0; number < calls; number++) {
      const start = now();
      const answer: unknown = await ipcRenderer.invoke('increment', number);
      samples[number] = now() - start;
      expectSame(answer, number + 1);
    }
    const elapsed = now() - begin;
    const cpu = spent(before, await readCpu());
    return { samples, operations: calls, elapsed, answersChecked: calls, cpu };
  },
};
