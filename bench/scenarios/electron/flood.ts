/**
 * One window floods main with messages. How do another window, main's timers, and clicks in a third
 * one fare?
 *
 * A flood ends, and the next begins when main has had all of it. Stock Electron falls further behind as
 * long as a flood lasts, so in an endless one each sample would be worse than the one before.
 */
import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import type { Operation, Patience } from '../../harness/measure/measure.ts';
import type { ElectronScenario, MainSide, PageSide } from '../scenario.ts';

/** Messages that the flooding window sends in each of its tasks. */
const perTask = 500;
/** Milliseconds that a flood lasts. */
const flood = 500;
/** Milliseconds of a flood before something is measured. */
const lead = 250;
/** Milliseconds of the timer in main. */
const timer = 5;

/** On stock IPC a flood gives one sample and takes main more than a second. */
const patience: Patience = { samples: 20, atMost: 60_000 };

/** Window 0 measures, window 1 floods, and window 2 does neither. */
const flooded = {
  unit: 'us' as const,
  windows: 3,
  patience,
  main({ ipcMain, windows }: MainSide): void {
    let calm: Promise<unknown> = Promise.resolve();
    ipcMain.on('drop', () => {});
    // Answers, when the flood has reached main, with the moment at which it will end.
    ipcMain.handle('flood', async () => {
      await calm;
      calm = said(ipcMain, 'calm');
      const end = said<number>(ipcMain, 'flooding');
      windows[1]?.send('flood');
      return end;
    });
  },
  prepare({ ipcRenderer, index }: PageSide): void {
    if (index !== 1) return;
    ipcRenderer.on('flood', () => {
      const end = now() + flood * 1000;
      const drop = (): void => {
        for (let i = 0; i < perTask; i++) ipcRenderer.send('drop', i);
        if (now() < end) setTimeout(drop);
        else ipcRenderer.send('calm');
      };
      ipcRenderer.send('flooding', end);
      drop();
    });
  },
};

/** What comes next on the channel. */
function said<Value>(ipcMain: MainSide['ipcMain'], channel: string): Promise<Value> {
  return new Promise((resolve) => {
    ipcMain.once(channel, (_event, value: Value) => resolve(value));
  });
}

/** Measures the operation while there is a flood. */
function measureFlooded({ ipcRenderer, measure }: PageSide, operation: Operation) {
  let end = 0;
  const begin = async (): Promise<void> => {
    end = await ipcRenderer.invoke('flood');
    await new Promise((resolve) => setTimeout(resolve, lead));
  };
  return measure({
    operation: () => (now() < end ? operation() : begin().then(operation)),
    messages: 1,
  });
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
  page(side) {
    let number = 0;
    return measureFlooded(side, () => {
      const start = now();
      const answer: unknown = side.ipcRenderer.sendSync('increment', number);
      const time = now() - start;
      expectSame(answer, ++number);
      return time;
    });
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
  page: (side) => measureFlooded(side, () => side.ipcRenderer.invoke('timer')),
};

export const clickUnderFlood: ElectronScenario = {
  ...flooded,
  id: 'flood-click',
  title: 'a click, from main to a third window, while another one floods',
  main(side) {
    flooded.main(side);
    const clicked = side.windows[2];
    side.ipcMain.handle('click', async () => {
      // The third window's message waits behind the flood, too, so it says when the click came.
      const arrived = said<number>(side.ipcMain, 'clicked');
      const start = now();
      for (const type of ['mouseDown', 'mouseUp'] as const) {
        clicked?.sendInputEvent({ type, x: 20, y: 20, button: 'left', clickCount: 1 });
      }
      return (await arrived) - start;
    });
  },
  prepare(side) {
    flooded.prepare(side);
    if (side.index !== 2) return;
    window.addEventListener('click', () => side.ipcRenderer.send('clicked', now()));
  },
  page: (side) => measureFlooded(side, () => side.ipcRenderer.invoke('click')),
};
