import { expectSame } from '../../harness/check.ts';
import { now } from '../../harness/clock.ts';
import type { ElectronScenario } from '../scenario.ts';

const inFlight = 1000;

/** What does a call cost when many are under way? */
export const invokeMany: ElectronScenario = {
  id: 'invoke-1000',
  title: 'invoke, 1000 in flight, per call',
  unit: 'us',
  target: { p50: 10 },
  windows: 1,
  main({ ipcMain }) {
    ipcMain.handle('increment', (_event, number: number) => number + 1);
  },
  page({ ipcRenderer, measure }) {
    let first = 0;
    const operation = async (): Promise<number> => {
      const calls = new Array<Promise<unknown>>(inFlight);
      const start = now();
      for (let i = 0; i < inFlight; i++) calls[i] = ipcRenderer.invoke('increment', first + i);
      const answers = await Promise.all(calls);
      const time = now() - start;
      for (const [i, answer] of answers.entries()) expectSame(answer, first + i + 1);
      first += inFlight;
      return time / inFlight;
    };
    return measure({ operation, messages: inFlight });
  },
};
