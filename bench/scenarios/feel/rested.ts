import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import { roundTrip } from '../../parts/least-time.ts';
import type { ElectronScenario, Target } from '../scenario.ts';

type Call = 'sendSync' | 'invoke';

/** By the place of the call after the rest. */
const targets: Readonly<Record<Call, readonly (Target | undefined)[]>> = {
  sendSync: [{ p50: 4, p99: 1 }, { p50: 12, p99: 1 }, undefined],
  invoke: [{ p50: 3, p99: 1 }, { p50: 6, p99: 1 }, undefined],
};

const ordinals = ['first', 'second', 'third'] as const;

/**
 * What does a call take after the application has rested?
 *
 * @param rest milliseconds @param place 1 for the call after the rest, 2 and 3 for those right after it
 */
export function rested(call: Call, rest: number, place: 1 | 2 | 3): ElectronScenario {
  const ordinal = ordinals[place - 1] as string;
  const target = targets[call][place - 1];
  return {
    id: `${call === 'invoke' ? 'invoke' : 'send-sync'}-rest-${rest}${place === 1 ? '' : `-${ordinal}`}`,
    title: `${call} after ${rest} ms of rest${place === 1 ? '' : `, the ${ordinal} call`}`,
    unit: 'us',
    ...(target && { target }),
    floor: roundTrip,
    windows: 1,
    main({ ipcMain }) {
      ipcMain.on('increment', (event, number: number) => {
        event.returnValue = number + 1;
      });
      ipcMain.handle('increment', (_event, number: number) => number + 1);
    },
    page({ ipcRenderer, measure }) {
      let number = 0;
      const ask = (): unknown => ipcRenderer[call]('increment', number);
      const operation = async (): Promise<number> => {
        await new Promise((resolve) => setTimeout(resolve, rest));
        for (let before = 1; before < place; before++) await ask();
        const start = now();
        const asked = ask();
        const answer = asked instanceof Promise ? await asked : asked;
        const time = now() - start;
        expectSame(answer, ++number);
        return time;
      };
      return measure({ operation, messages: 1 });
    },
  };
}
