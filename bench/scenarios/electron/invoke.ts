import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import { roundTrip } from '../../parts/least-time.ts';
import { echoed } from '../../parts/parts.ts';
import type { ElectronScenario } from '../scenario.ts';

/** How long until a promise has main's answer, when one asks at a time? */
export const invoke: ElectronScenario = askedOneAtATime(1);

/** @param calls - how many make one sample: several, if the clock is too coarse for one */
export function askedOneAtATime(calls: number): ElectronScenario {
  return {
    id: 'invoke',
    title: 'invoke, one at a time',
    unit: 'us',
    target: { p50: 20 },
    floor: roundTrip,
    recipe: echoed('number', 'invoke'),
    windows: 1,
    main({ ipcMain }) {
      ipcMain.handle('increment', (_event, number: number) => number + 1);
    },
    page({ ipcRenderer, measure }) {
      let number = 0;
      const operation = async (): Promise<number> => {
        const answers = new Array<unknown>(calls);
        const start = now();
        for (let i = 0; i < calls; i++) {
          answers[i] = await ipcRenderer.invoke('increment', number + i);
        }
        const time = now() - start;
        for (const answer of answers) expectSame(answer, ++number);
        return time / calls;
      };
      return measure({ operation, messages: calls });
    },
  };
}
