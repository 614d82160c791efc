import { setTimeout as pause } from 'node:timers/promises';
import { MiB } from '../../harness/bytes.ts';
import { now } from '../../harness/measure/clock.ts';
import { collect } from '../../harness/measure/collect.ts';
import { readMemory } from '../../harness/measure/proc.ts';
import type { ElectronScenario } from '../scenario.ts';

const quiet = { main: () => {}, page: () => Promise.resolve(undefined), windows: 0 } as const;

/** How long does a window take until its page is loaded? */
export const windowOpened: ElectronScenario = {
  ...quiet,
  id: 'window',
  title: 'a window, opened and loaded',
  unit: 'us',
  atLoad: () => true,
  inMain({ limits, open, close }) {
    return collect(limits, async () => {
      const window = await open();
      await close(window);
      return [window.loaded];
    });
  },
};

/** How long does a reload take, until the next page has loaded and its preload has run? */
export const windowReloaded: ElectronScenario = {
  ...quiet,
  id: 'reload',
  title: 'a window, reloaded',
  unit: 'us',
  atLoad: () => true,
  async inMain({ limits, open, nextLoad }) {
    const { contents } = await open();
    return collect(limits, async () => {
      const loaded = nextLoad();
      const start = now();
      contents.reload();
      await loaded;
      return [now() - start];
    });
  },
};

/** How long does a frame in a page take, where frames have preloads? */
export const subFrame: ElectronScenario = {
  ...quiet,
  id: 'sub-frame',
  title: 'a frame in a page, added and loaded',
  unit: 'us',
  atLoad: () => true,
  async inMain({ limits, open, nextLoad }) {
    const { contents } = await open({ nodeIntegrationInSubFrames: true });
    const add = `document.querySelector('iframe')?.remove();
      const frame = document.createElement('iframe');
      frame.src = location.href;
      document.body.append(frame);
      undefined`;
    return collect(limits, async () => {
      const loaded = nextLoad();
      const start = now();
      await contents.executeJavaScript(`{ ${add} }`);
      await loaded;
      return [now() - start];
    });
  },
};

/** Milliseconds after which the memory of a start is given back. */
const settling = 1000;

/** How much memory does a window's process take, its share of what others have, too? */
export const windowMemory: ElectronScenario = {
  ...quiet,
  id: 'window-memory',
  title: "memory of a window's process (PSS)",
  unit: 'MiB',
  main({ ipcMain }) {
    ipcMain.handle('increment', (_event, number: number) => number + 1);
  },
  async atLoad({ ipcRenderer }) {
    for (let number = 0; number < 10; number++) await ipcRenderer.invoke('increment', number);
  },
  async inMain({ open }) {
    const begin = now();
    const { contents } = await open();
    await pause(settling);
    const { proportional } = readMemory(contents.getOSProcessId());
    const samples = Float64Array.of(proportional / MiB);
    return { samples, operations: 1, elapsed: now() - begin, answersChecked: 10 };
  },
};
