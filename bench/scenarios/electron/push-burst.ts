import { now } from '../../harness/measure/clock.ts';
import { Inbox } from '../../harness/measure/inbox.ts';
import { streamed } from '../../parts/least-time.ts';
import type { ElectronScenario } from '../scenario.ts';

const burst = 20_000;
const inbox = new Inbox();

/**
 * What does a message to a window cost, from the request for all of them until the last has come?
 */
export const pushBurst: ElectronScenario = {
  id: 'push-burst',
  title: 'webContents.send, burst of 20 000, per message',
  unit: 'us',
  target: { p50: 8 },
  floor: streamed,
  windows: 1,
  main({ ipcMain }) {
    ipcMain.on('push', ({ sender }) => {
      for (let number = 0; number < burst; number++) sender.send('item', number);
    });
  },
  prepare({ ipcRenderer }) {
    ipcRenderer.on('item', (_event, number: number) => inbox.receive(number));
  },
  page({ ipcRenderer, measure }) {
    return measure({
      messages: burst,
      operation: async () => {
        const whole = inbox.expect(burst);
        const start = now();
        ipcRenderer.send('push');
        await whole;
        return (now() - start) / burst;
      },
    });
  },
};
