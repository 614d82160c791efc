import { expectSame } from '../../harness/check.ts';
import { now } from '../../harness/clock.ts';
import type { ElectronScenario } from '../scenario.ts';

/** How long until a promise has main's answer, when one asks at a time? */
export const invoke: ElectronScenario = {
  id: 'invoke',
  title: 'invoke, one at a time',
  unit: 'us',
  target: { p50: 20 },
  windows: 1,
  main({ ipcMain }) {
    ipcMain.handle('increment', (_event, number: number) => number + 1);
  },
  page({ ipcRenderer, measure }) {
    let number = 0;
    const operation = async (): Promise<number> => {
      const start = now();
      const answer: unknown = await ipcRenderer.invoke('increment', number);
      const time = now() - start;
      expectSame(answer, ++number);
      return time;
    };
    return measure({ operation, messages: 1 });
  },
};
