import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import type { ElectronScenario, MainSide, PageSide } from '../scenario.ts';

/** How long does a call block if main listens on so many channels? Each call uses another one. */
export function channels(count: number): ElectronScenario {
  return {
    ...called((number) => `channel ${number % count}`),
    title: `sendSync, ${count} channels`,
    main({ ipcMain }) {
      for (let i = 0; i < count; i++) ipcMain.on(`channel ${i}`, increment);
    },
  };
}

/** How long does a call block when so many listeners hear it? */
export function listeners(count: number): ElectronScenario {
  return {
    ...called(() => 'channel'),
    title: `sendSync, ${count} listeners`,
    main({ ipcMain }) {
      ipcMain.setMaxListeners(0);
      for (let i = 1; i < count; i++) ipcMain.on('channel', () => {});
      ipcMain.on('channel', increment);
    },
  };
}

const increment: Parameters<MainSide['ipcMain']['on']>[1] = (event, number: number) => {
  event.returnValue = number + 1;
};

function called(channelOf: (number: number) => string) {
  return {
    id: '',
    unit: 'us' as const,
    windows: 1,
    page({ ipcRenderer, measure }: PageSide) {
      let number = 0;
      const operation = (): number => {
        const channel = channelOf(number);
        const start = now();
        const answer: unknown = ipcRenderer.sendSync(channel, number);
        const time = now() - start;
        expectSame(answer, ++number);
        return time;
      };
      return measure({ operation, messages: 1 });
    },
  };
}
