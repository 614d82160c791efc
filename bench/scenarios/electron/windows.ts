import { cpus } from 'node:os';
import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import { sliced, together } from '../../harness/measure/slices.ts';
import { spent } from '../../harness/measure/work.ts';
import type { ElectronScenario, PageSide } from '../scenario.ts';

/** Calls that each window keeps under way. */
const inFlight = 32;

/** What does a call cost when several windows ask at once? Their throughput together. */
export function windows(
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
    page: (side) => measureSlices(side, count),
    combine: together,
  };
}

async function measureSlices({ ipcRenderer, limits, begin, readCpu }: PageSide, windows: number) {
  // Each window compiles its own code, on its share of the cores, so many windows need a longer
  // warm-up.
  const counter = sliced(begin, limits, Math.max(1, (2 * windows) / cpus().length));
  const before = pause(counter.start - now()).then(readCpu);
  let number = 0;
  const ask = async (): Promise<void> => {
    while (now() < counter.end) {
      const asked = number++;
      const answer: unknown = await ipcRenderer.invoke('increment', asked);
      expectSame(answer, asked + 1);
      counter.count(now());
    }
  };
  await Promise.all(Array.from({ length: inFlight }, ask));
  return counter.measurement(spent(await before, await readCpu()));
}

function pause(microseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, microseconds / 1000)));
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
