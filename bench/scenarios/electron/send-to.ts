import type { IpcRenderer } from 'electron';
import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import { roundTrip } from '../../parts/least-time.ts';
import type { ElectronScenario } from '../scenario.ts';

/** Electron took it away in version 28, and its types with it. */
interface WithSendTo extends IpcRenderer {
  sendTo(webContentsId: number, channel: string, ...args: unknown[]): void;
}

let answered: (value: unknown) => void = () => {};

/** How long until another window has answered a window's message? (Electron below 28.) */
export const sendTo: ElectronScenario = {
  id: 'send-to',
  title: 'sendTo, there and back',
  unit: 'us',
  target: { p50: 5 },
  floor: roundTrip,
  windows: 2,
  lastElectron: 27,
  main() {},
  prepare({ ipcRenderer, index, webContentsIds }) {
    if (index === 0) ipcRenderer.on('pong', (_event, number: number) => answered(number));
    const [first] = webContentsIds;
    if (index === 0 || first === undefined) return;
    ipcRenderer.on('ping', (_event, number: number) => {
      withSendTo(ipcRenderer).sendTo(first, 'pong', number + 1);
    });
  },
  page({ ipcRenderer, webContentsIds, measure }) {
    const other = webContentsIds[1];
    if (other === undefined) throw new Error('There is no second window');
    const caller = withSendTo(ipcRenderer);
    let number = 0;
    return measure({
      messages: 1,
      operation: async () => {
        const start = now();
        const answer = await new Promise<unknown>((resolve) => {
          answered = resolve;
          caller.sendTo(other, 'ping', number);
        });
        const time = now() - start;
        expectSame(answer, ++number);
        return time;
      },
    });
  },
};

function withSendTo(ipcRenderer: IpcRenderer): WithSendTo {
  if ('sendTo' in ipcRenderer) return ipcRenderer as WithSendTo;
  throw new Error('This Electron has no sendTo (taken away in version 28)');
}
