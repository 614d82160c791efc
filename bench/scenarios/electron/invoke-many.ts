import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import type { ElectronScenario } from '../scenario.ts';

export const invokeMany: ElectronScenario = { ...inFlight(1000), target: { p50: 10 } };

/** What does a call cost when so many are under way? */
export function inFlight(count: number): ElectronScenario {
  return {
    id: `invoke-${count}`,
    title: `invoke, ${count} in flight, per call`,
    unit: 'us',
    windows: 1,
    main({ ipcMain }) {
      ipcMain.handle('increment', (_event, number: number) => number + 1);
    },
    page({ ipcRenderer, measure }) {
      let first = 0;
      const operation = async (): Promise<number> => {
        const calls = new Array<Promise<unknown>>(count);
        const start = now();
        for (let i = 0; i < count; i++) calls[i] = ipcRenderer.invoke('increment', first + i);
        const answers = await Promise.all(calls);
        const time = now() - start;
        for (const [i, answer] of answers.entries()) expectSame(answer, first + i + 1);
        first += count;
        return time / count;
      };
      return measure({ operation, messages: count });
    },
  };
}
