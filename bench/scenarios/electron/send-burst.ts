import { now } from '../../harness/measure/clock.ts';
import { Inbox } from '../../harness/measure/inbox.ts';
import { streamed } from '../../parts/least-time.ts';
import type { ElectronScenario } from '../scenario.ts';

const burst = 20_000;

/** What does a message from a window cost, from the first `send` until main has had the last? */
export const sendBurst: ElectronScenario = {
  id: 'send-burst',
  title: 'send, burst of 20 000, per message',
  unit: 'us',
  target: { p50: 10 },
  floor: streamed,
  // The window writes and sends while main does this.
  recipe: {
    ...{ carried: 'number', encoded: 0, decoded: 1, sent: 0, delivered: 1 },
    ...{ dispatch: 'message', allocated: 0 },
  },
  windows: 1,
  main({ ipcMain }) {
    const inbox = new Inbox();
    ipcMain.on('item', (_event, number: number) => inbox.receive(number));
    ipcMain.handle('burst', () => inbox.expect(burst));
  },
  page({ ipcRenderer, measure }) {
    return measure({
      messages: burst,
      operation: async () => {
        const start = now();
        const whole = ipcRenderer.invoke('burst');
        for (let number = 0; number < burst; number++) ipcRenderer.send('item', number);
        await whole;
        return (now() - start) / burst;
      },
    });
  },
};
