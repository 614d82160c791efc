/** Window 1 floods main with messages. How do another window, main's timers and clicks fare? */
import { expectSame } from '../../harness/check.ts';
import { now } from '../../harness/clock.ts';
import type { ElectronScenario, MainSide, PageSide } from '../scenario.ts';

/** Messages that the flooding window sends in each of its tasks. */
const perTask = 500;

/** Milliseconds. */
const timer = 5;

/** What the three have in common. */
const flooded = {
  unit: 'us' as const,
  windows: 2,
  main({ ipcMain, windows }: MainSide): void {
    let received = 0;
    ipcMain.on('drop', () => received++);
    // Answered when the flood has reached main.
    ipcMain.handle('flood', async () => {
      windows[1]?.send('flood');
      await new Promise((resolve) => ipcMain.once('drop', resolve));
    });
  },
  prepare({ ipcRenderer, index }: PageSide): void {
    if (index !== 1) return;
    const drop = (): void => {
      for (let i = 0; i < perTask; i++) ipcRenderer.send('drop', i);
      setTimeout(drop);
    };
    ipcRenderer.on('flood', drop);
  },
};

async function startFlood({ ipcRenderer }: PageSide): Promise<void> {
  await ipcRenderer.invoke('flood');
}

export const sendSyncUnderFlood: ElectronScenario = {
  ...flooded,
  id: 'flood-send-sync',
  title: 'sendSync, small, while another window floods',
  main(side) {
    flooded.main(side);
    side.ipcMain.on('increment', (event, number: number) => {
      event.returnValue = number + 1;
    });
  },
  async page(side) {
    await startFlood(side);
    let number = 0;
    const operation = (): number => {
      const start = now();
      const answer: unknown = side.ipcRenderer.sendSync('increment', number);
      const time = now() - start;
      expectSame(answer, ++number);
      return time;
    };
    return side.measure({ operation, messages: 1 });
  },
};

export const timerUnderFlood: ElectronScenario = {
  ...flooded,
  id: 'flood-timer',
  title: `lateness of a timer of ${timer} ms in main, while a window floods`,
  main(side) {
    flooded.main(side);
    side.ipcMain.handle('timer', async () => {
      const due = now() + timer * 1000;
      await new Promise((resolve) => setTimeout(resolve, timer));
      return Math.max(0, now() - due);
    });
  },
  async page(side) {
    await startFlood(side);
    const operation = (): Promise<number> => side.ipcRenderer.invoke('timer');
    return side.measure({ operation, messages: 1 });
  },
};

export const clickUnderFlood: ElectronScenario = {
  ...flooded,
  id: 'flood-click',
  title: 'a click, from main to the page, while another window floods',
  main(side) {
    flooded.main(side);
    const [window] = side.windows;
    side.ipcMain.handle('click', () => {
      const start = now();
      for (const type of ['mouseDown', 'mouseUp'] as const) {
        window?.sendInputEvent({ type, x: 20, y: 20, button: 'left', clickCount: 1 });
      }
      return start;
    });
  },
  async page(side) {
    await startFlood(side);
    const operation = async (): Promise<number> => {
      const clicked = new Promise<number>((resolve) => {
        window.addEventListener('click', () => resolve(now()), { once: true });
      });
      const start = (await side.ipcRenderer.invoke('click')) as number;
      return (await clicked) - start;
    };
    return side.measure({ operation, messages: 1 });
  },
};
