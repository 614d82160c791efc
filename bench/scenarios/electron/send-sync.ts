import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import { roundTrip } from '../../parts/least-time.ts';
import { echoed } from '../../parts/parts.ts';
import type { ElectronScenario } from '../scenario.ts';

/** How long does a window block to ask main for a number? */
export const sendSync: ElectronScenario = {
  id: 'send-sync',
  title: 'sendSync, small',
  unit: 'us',
  target: { p50: 50, p99: 20 },
  floor: roundTrip,
  recipe: echoed('number', 'sync'),
  windows: 1,
  main({ ipcMain }) {
    ipcMain.on('increment', (event, number: number) => {
      event.returnValue = number + 1;
    });
  },
  page({ ipcRenderer, measure }) {
    let number = 0;
    const operation = (): number => {
      const start = now();
      const answer: unknown = ipcRenderer.sendSync('increment', number);
      const time = now() - start;
      expectSame(answer, ++number);
      return time;
    };
    return measure({ operation, messages: 1 });
  },
};
