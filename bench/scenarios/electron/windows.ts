import { expectSame } from '../../harness/check.ts';
import { now } from '../../harness/clock.ts';
import { sliced, together } from '../../harness/slices.ts';
import type { CpuTime } from '../../harness/trial.ts';
import { spent } from '../../harness/work.ts';
import type { ElectronScenario, PageSide } from '../scenario.ts';

/** Calls that each window keeps under way. */
const inFlight = 32;

/** What does a call cost when several windows ask at once? Their throughput together. */
function windows(
  count: number,
  about: Pick<ElectronScenario, 'id' | 'title' | 'beside'>,
): ElectronScenario {
  return {
    ...about,
    unit: 'us',
    windows: count,
    main({ ipcMain }) {
      ipcMain.handle('increment', (_event, number: number) => number + 1);
    },
    page: measureSlices,
    combine: together,
  };
}

async function measureSlices({ ipcRenderer, limits, begin, readCpu }: PageSide) {
  const counter = sliced(begin, limits);
  let number = 0;
  let before: Promise<CpuTime> | undefined;
  const ask = async (): Promise<void> => {
    while (now() < counter.end) {
      const asked = number++;
      const answer: unknown = await ipcRenderer.invoke('increment', asked);
      expectSame(answer, asked + 1);
      const moment = now();
      counter.count(moment);
      if (moment >= counter.start) before ??= readCpu();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, ask));
  if (before === undefined) throw new Error('no answer came after the warm-up');
  return counter.measurement(spent(await before, await readCpu()));
}

export const oneWindow: ElectronScenario = windows(1, {
  id: 'windows-1',
  title: 'invoke, 1 window busy',
});
export const sixteenWindows: ElectronScenario = windows(16, {
  id: 'windows-16',
  title: 'invoke, 16 windows busy, all together',
  beside: 'windows-1',
});
