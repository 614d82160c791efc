import { everywhere, type Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'an answer does not wait for all the messages before it that a page has not heard',
    rows: ['order/answers-pass'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.handle('ask', ({ sender }) => {
        for (let n = 0; n < 200; n++) sender.send('message', n);
        return 'answer';
      });
      t.ipcMain.handle('meanwhile', () => 'meanwhile');
      const page = await t.open();
      await page.run(async (r) => {
        let heard = 0;
        const heardAll = new Promise<void>((all) => {
          r.ipcRenderer.on('message', (_event, n: number) => {
            // The first one lasts until main has sent and answered everything.
            const end = performance.now() + (n === 0 ? 200 : 3);
            while (performance.now() < end);
            if (n !== heard++) r.log('message', n, 'instead of', heard);
            if (heard === 200) all();
          });
        });
        const invoke = async (channel: string): Promise<void> => {
          await r.ipcRenderer.invoke(channel);
          r.log(channel, 'with few heard', heard < 10);
        };
        await Promise.all([invoke('ask'), invoke('meanwhile')]);
        await heardAll;
        r.log('heard', heard);
      });
    },
    expected: {
      page: ['ask "with few heard" true', 'meanwhile "with few heard" true', 'heard 200'],
    },
  },
  {
    name: 'answers that pass messages come in the order in which they are given',
    rows: ['order/answers-pass', 'order/replies'],
    contexts: everywhere,
    async main(t) {
      const { nativeImage } = t.electron;
      const waiting: ((answer: unknown) => void)[] = [];
      t.ipcMain.handle('wait', () => new Promise((resolve) => waiting.push(resolve)));
      t.ipcMain.on('settle', ({ sender }) => {
        for (let n = 19; n >= 0; n--) {
          for (let i = 0; i < 10; i++) sender.send('message', i);
          // Images are as wide as their number. Some answers are larger than a ring.
          const pixels = Buffer.alloc(4 * n, 255);
          if (n % 6 === 5)
            waiting[n]?.(nativeImage.createFromBitmap(pixels, { width: n, height: 1 }));
          else if (n % 6 === 4) waiting[n]?.([n, new Uint8Array(400_000)]);
          else waiting[n]?.([n]);
        }
      });
      const page = await t.open();
      await page.run(async (r) => {
        const order: number[] = [];
        let messages = 0;
        let all = (): void => {};
        const heardAll = new Promise<void>((resolve) => {
          all = resolve;
        });
        r.ipcRenderer.on('message', (_event, i: number) => {
          const end = performance.now() + 2;
          while (performance.now() < end);
          if (i !== messages++ % 10) r.log('message', i, 'instead of', messages);
          if (messages === 200) all();
        });
        const calls = Array.from({ length: 20 }, async () => {
          const answer: unknown = await r.ipcRenderer.invoke('wait');
          const given = Array.isArray(answer)
            ? answer[0]
            : (answer as Electron.NativeImage).getSize().width;
          order.push(given);
        });
        r.ipcRenderer.send('settle');
        await Promise.all(calls);
        r.log('order', order.join());
        await heardAll;
      });
    },
    expected: {
      page: ['order "19,18,17,16,15,14,13,12,11,10,9,8,7,6,5,4,3,2,1,0"'],
    },
  },
];
export default scenarios;
