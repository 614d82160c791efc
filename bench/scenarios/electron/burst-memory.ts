import { setTimeout as pause } from 'node:timers/promises';
import { KiB, MiB } from '../../harness/bytes.ts';
import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import { type Memory, readMemory, readSharedMemory } from '../../harness/measure/proc.ts';
import type { Measurement, ObservedProcesses } from '../../harness/trials/trial.ts';
import type { Act, ElectronScenario } from '../scenario.ts';

const messages = 1000;
const bytes = 100 * KiB;
/** Milliseconds that main is busy with the first message. All others wait somewhere. */
const busy = 1000;
/** Milliseconds between two readings. */
const interval = 20;
/** Milliseconds after which memory has been given back. */
const settling = 5000;

/** How much memory does a burst take while main is busy, and is it given back? */
export const burstMemory: ElectronScenario = {
  id: 'burst-memory',
  title: 'memory that a burst of 1000 × 100 KB takes while main is busy',
  unit: 'MiB',
  windows: 1,
  main({ ipcMain }) {
    let received = 0;
    ipcMain.on('item', (_event, item: Uint8Array) => {
      const until = now() + busy * 1000;
      while (received === 0 && now() < until);
      if (item.length === bytes) received++;
    });
    ipcMain.handle('received', () => received);
  },
  page: () => Promise.resolve(undefined),
  async act({ ipcRenderer }) {
    const item = new Uint8Array(bytes).fill(1);
    for (let i = 0; i < messages; i++) ipcRenderer.send('item', item);
    expectSame(await ipcRenderer.invoke('received'), messages);
  },
  observe: (processes, _limits, act) => observe(processes, act),
};

/** MiB. */
interface Taken {
  readonly main: number;
  readonly window: number;
  /**
   * Shared memory that neither process has mapped: stock IPC keeps large messages there on their
   * way.
   */
  readonly between: number;
}

/** From a third process, since reading takes memory, too. */
async function observe({ main, pages }: ObservedProcesses, act: Act): Promise<Measurement> {
  const read = (): Taken => taken(readMemory(main), pages.map(readMemory), readSharedMemory());
  await pause(settling); // the start's memory is given back
  const before = read();
  const during = [before];
  const looking = setInterval(() => during.push(read()), interval);
  const start = now();
  await act().finally(() => clearInterval(looking));
  const elapsed = now() - start;
  await pause(settling);
  const after = read();

  const peak = during.reduce((a, b) => (total(a) > total(b) ? a : b));
  return {
    samples: Float64Array.of(total(peak) - total(before)),
    operations: messages,
    elapsed,
    answersChecked: messages,
    details: {
      'PSS of main before, MiB': before.main,
      'at the peak': peak.main,
      [`${settling / 1000} s later`]: after.main,
      'of the window before': before.window,
      'of it at the peak': peak.window,
      'of it later': after.window,
      'shared memory that neither maps, more at the peak': peak.between - before.between,
      'more later': after.between - before.between,
    },
  };
}

function taken(main: Memory, windows: readonly Memory[], shared: number): Taken {
  const sum = (figures: readonly number[]): number => figures.reduce((a, b) => a + b, 0);
  return {
    main: main.proportional / MiB,
    window: sum(windows.map(({ proportional }) => proportional)) / MiB,
    between: (shared - sum([main, ...windows].map((it) => it.shared))) / MiB,
  };
}

function total({ main, window, between }: Taken): number {
  return main + window + between;
}
