import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import type { ElectronScenario, Target } from '../scenario.ts';
import { inNewWindows } from './in-new-windows.ts';

/** What do the first calls of a window take, from the `from`-th to the `to`-th? */
export function firstCalls(from: number, to: number, target?: Target): ElectronScenario {
  const one = to === from;
  return {
    id: one ? 'first-call' : `calls-${from}-to-${to}`,
    title: one ? 'sendSync, the first of a window' : `sendSync, ${from} to ${to} of a window`,
    unit: 'us',
    ...(target && { target }),
    windows: 0,
    main({ ipcMain }) {
      ipcMain.on('increment', (event, number: number) => {
        event.returnValue = number + 1;
      });
    },
    page: () => Promise.resolve(undefined),
    atLoad({ ipcRenderer }) {
      const samples: number[] = [];
      for (let number = 1; number <= to; number++) {
        const start = now();
        const answer: unknown = ipcRenderer.sendSync('increment', number);
        if (number >= from) samples.push(now() - start);
        expectSame(answer, number + 1);
      }
      return samples;
    },
    inMain: inNewWindows,
  };
}
