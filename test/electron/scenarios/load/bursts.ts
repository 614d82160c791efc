import { everywhere, type Scenario } from '../../harness/scenario.ts';

/** Blocks the thread; a receiver that is slow in the way applications are. */
const burst = 20_000;

const scenarios: readonly Scenario[] = [
  {
    name: 'a burst of twenty thousand messages reaches a main process that is slow',
    rows: ['load/burst'],
    contexts: everywhere,
    async main(t) {
      let next = 0;
      let wrong = 0;
      t.ipcMain.on('burst', (_event, n: number, text: string) => {
        if (n !== next++ || text !== `message ${n}`) wrong++;
        if (n % 2000 !== 0) return;
        const until = process.hrtime.bigint() + 20_000_000n;
        while (process.hrtime.bigint() < until);
      });
      const done = t.received('end');
      const page = await t.open();
      await page.run((r, burst) => {
        for (let n = 0; n < burst; n++) r.ipcRenderer.send('burst', n, `message ${n}`);
        r.ipcRenderer.send('end');
      }, burst);
      await done;
      t.log('all', next, 'wrong', wrong);
    },
    expected: { main: [`all ${burst} "wrong" 0`] },
  },
  {
    name: 'a burst of twenty thousand messages reaches a renderer that is slow',
    rows: ['load/burst'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      await page.run((r) => {
        let next = 0;
        let wrong = 0;
        r.ipcRenderer.on('burst', (_event, n, text) => {
          if (n !== next++ || text !== `message ${n}`) wrong++;
          if (n % 2000 !== 0) return;
          const until = Date.now() + 20;
          while (Date.now() < until);
        });
        r.ipcRenderer.on('end', () => r.log('all', next, 'wrong', wrong));
      });
      for (let n = 0; n < burst; n++) page.webContents.send('burst', n, `message ${n}`);
      page.webContents.send('end');
      await t.seen('page', 'all');
    },
    expected: { page: [`all ${burst} "wrong" 0`] },
  },
  {
    name: 'a thousand invokes in flight are all answered, each with its own answer',
    rows: ['load/in-flight'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.handle('square', async (_event, n: number) => {
        if (n % 3 === 0) await new Promise((later) => setImmediate(later));
        if (n % 300 === 100) throw new Error(`not ${n}`);
        return n * n;
      });
      const page = await t.open();
      await page.run(async (r) => {
        const calls = Array.from({ length: 1000 }, (_, n) => r.ipcRenderer.invoke('square', n));
        const settled = await Promise.allSettled(calls);
        const right = settled.filter((one, n) =>
          n % 300 === 100
            ? one.status === 'rejected' && one.reason.message.endsWith(`Error: not ${n}`)
            : one.status === 'fulfilled' && one.value === n * n,
        );
        r.log('right', right.length);
      });
    },
    expected: { page: ['right 1000'] },
  },
  {
    name: 'both sides send to each other at once, more than any buffer holds',
    rows: ['load/both-ways'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      await page.run((r) => {
        let next = 0;
        r.ipcRenderer.on('down', (_event, n, bytes) => {
          if (n === next && bytes.length === 5000) next++;
          if (n === 1999) r.log('down', next);
        });
      });
      let next = 0;
      const all = new Promise<void>((done) => {
        t.ipcMain.on('up', (_event, n: number, bytes: Uint8Array) => {
          if (n === next && bytes.length === 5000) next++;
          if (n === 1999) done();
        });
      });
      page.start((r) => {
        const bytes = new Uint8Array(5000);
        for (let n = 0; n < 2000; n++) r.ipcRenderer.send('up', n, bytes);
      });
      const bytes = new Uint8Array(5000);
      for (let n = 0; n < 2000; n++) page.webContents.send('down', n, bytes);
      await all;
      await t.seen('page', 'down');
      t.log('up', next);
    },
    expected: { main: ['up 2000'], page: ['down 2000'] },
  },
  {
    name: 'the memory of a burst that waited for a slow main process is given back',
    rows: ['load/memory'],
    contexts: ['isolated', 'sandboxed'],
    async main(t) {
      const megabytes = 100;
      const collect = (): void => (globalThis as { gc?: () => void }).gc?.();
      const ofMain = (): number => {
        collect();
        return process.memoryUsage().rss / 2 ** 20;
      };
      const ofPage = async (): Promise<number> => {
        await page.run(() => (globalThis as { gc?: () => void }).gc?.());
        const pid = page.webContents.getOSProcessId();
        const metrics = t.electron.app.getAppMetrics().find((one) => one.pid === pid);
        return (metrics?.memory.workingSetSize ?? Number.NaN) / 1024;
      };
      let received = 0;
      t.ipcMain.on('burst', () => received++);
      const done = t.received('done');
      const page = await t.open();
      const before = { main: ofMain(), page: await ofPage() };
      await page.run((r, megabytes) => {
        const text = 'x'.repeat(1024);
        for (let n = 0; n < megabytes * 1024; n++) r.ipcRenderer.send('burst', text + n);
        r.ipcRenderer.send('done');
      }, megabytes);
      await done;
      t.log('received', received);
      // Half of what the burst carried is far more than anything else takes meanwhile.
      const isBack = (now: number, then: number): boolean => now < then + megabytes / 2;
      while (!isBack(ofMain(), before.main) || !isBack(await ofPage(), before.page)) {
        await new Promise((later) => setTimeout(later, 50)); // nothing tells when
      }
      t.log('given back');
    },
    expected: { main: [`received ${100 * 1024}`, 'given back'] },
  },
];
export default scenarios;
