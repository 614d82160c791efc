import { now } from '../../harness/measure/clock.ts';
import { collect } from '../../harness/measure/collect.ts';
import { Inbox } from '../../harness/measure/inbox.ts';
import type { ElectronScenario } from '../scenario.ts';
import { inNewWindows } from './in-new-windows.ts';

const count = 2000;

/** How long until main has had the first messages of a window? */
export const firstSends: ElectronScenario = {
  id: 'first-sends',
  title: `send, the first ${count} of a window, per message`,
  unit: 'us',
  target: { p50: 1.5, p99: 1 },
  windows: 0,
  main({ ipcMain }) {
    const inbox = new Inbox();
    let whole: Promise<void> | undefined;
    ipcMain.on('begin', (event) => {
      whole = inbox.expect(count);
      event.returnValue = true;
    });
    ipcMain.on('item', (_event, number: number) => inbox.receive(number));
    ipcMain.handle('whole', () => whole);
  },
  page: () => Promise.resolve(undefined),
  async atLoad({ ipcRenderer }) {
    ipcRenderer.sendSync('begin');
    const start = now();
    for (let number = 0; number < count; number++) ipcRenderer.send('item', number);
    await ipcRenderer.invoke('whole');
    return [(now() - start) / count];
  },
  inMain: inNewWindows,
};

/** How long until a window has answered the first messages of main? */
export const firstPushes: ElectronScenario = {
  id: 'first-pushes',
  title: `webContents.send, the first ${count} to a window that answers each, per message`,
  unit: 'us',
  target: { p50: 1.5, p99: 1 },
  windows: 0,
  main: () => {},
  page: () => Promise.resolve(undefined),
  atLoad({ ipcRenderer }) {
    ipcRenderer.on('item', (_event, number: number) => ipcRenderer.send('answer', number));
  },
  inMain({ limits, open, close }) {
    return collect(limits, async () => {
      const window = await open();
      const inbox = new Inbox();
      window.contents.ipc.on('answer', (_event, number: number) => inbox.receive(number));
      const whole = inbox.expect(count);
      const start = now();
      for (let number = 0; number < count; number++) window.contents.send('item', number);
      await whole;
      const time = (now() - start) / count;
      await close(window);
      return [time];
    });
  },
};
