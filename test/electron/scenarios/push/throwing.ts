import { everywhere, type Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'a listener in main that throws ends the cascade of its message only',
    rows: ['throw/main'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      page.webContents.ipc.on('throw', (_event, n: number) => {
        t.log('first', n);
        if (n === 1) throw new RangeError('in main');
      });
      page.webContents.ipc.on('throw', (_event, n) => t.log('second', n));
      t.ipcMain.on('throw', (_event, n) => t.log('ipcMain', n));
      const done = t.received('done');
      await page.run((r) => {
        for (const n of [1, 2]) r.ipcRenderer.send('throw', n);
        r.ipcRenderer.send('done');
      });
      await done;
    },
    expected: {
      main: [
        'first 1',
        'uncaught RangeError("RangeError: in main")',
        'first 2',
        'second 2',
        'ipcMain 2',
      ],
    },
  },
  {
    name: 'a listener in a renderer that throws ends its message only, and the window sees the error',
    rows: ['throw/renderer'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      await page.run((r) => {
        r.ipcRenderer.on('throw', (_event, n) => {
          r.log('first', n);
          if (n === 1) throw new RangeError('in the renderer');
        });
        r.ipcRenderer.on('throw', (_event, n) => r.log('second', n));
      });
      for (const n of [1, 2]) page.webContents.send('throw', n);
      await t.seen('page', 'second 2');
    },
    // Chromium mutes errors of sandboxed preloads.
    expected: (context) => ({
      page: [
        'first 1',
        context === 'sandboxed' ? 'uncaught Script error.' : 'uncaught RangeError: in the renderer',
        'first 2',
        'second 2',
      ],
    }),
  },
  {
    name: 'ticks and microtasks run between two messages in main',
    rows: ['order/ticks-main'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('go', (_event, n: number) => {
        t.log('message', n);
        process.nextTick(() => {
          t.log('tick', n);
          Promise.resolve().then(() => t.log('microtask of the tick', n));
        });
        Promise.resolve().then(() => {
          t.log('microtask', n);
          process.nextTick(() => t.log('tick of the microtask', n));
        });
        queueMicrotask(() => t.log('queued', n));
      });
      t.ipcMain.on('sync', (event, n: number) => {
        t.log('sync', n);
        Promise.resolve().then(() => t.log('microtask of sync', n));
        event.returnValue = n;
      });
      t.ipcMain.handle('invoke', (_event, n: number) => {
        t.log('invoke', n);
        process.nextTick(() => t.log('tick of invoke', n));
        return n;
      });
      const done = t.received('done');
      const page = await t.open();
      await page.run(async (r) => {
        for (const n of [1, 2, 3]) r.ipcRenderer.send('go', n);
        r.ipcRenderer.sendSync('sync', 4);
        const invoked = r.ipcRenderer.invoke('invoke', 5);
        r.ipcRenderer.send('go', 6);
        r.ipcRenderer.send('done');
        await invoked;
      });
      await done;
    },
    expected: {
      main: [
        'message 1',
        'tick 1',
        'microtask 1',
        'queued 1',
        'microtask of the tick 1',
        'tick of the microtask 1',
        'message 2',
        'tick 2',
        'microtask 2',
        'queued 2',
        'microtask of the tick 2',
        'tick of the microtask 2',
        'message 3',
        'tick 3',
        'microtask 3',
        'queued 3',
        'microtask of the tick 3',
        'tick of the microtask 3',
        'sync 4',
        'microtask of sync 4',
        'invoke 5',
        'tick of invoke 5',
        'message 6',
        'tick 6',
        'microtask 6',
        'queued 6',
        'microtask of the tick 6',
        'tick of the microtask 6',
      ],
    },
  },
  {
    name: 'microtasks run between two messages in a renderer, ticks where there is Node',
    rows: ['order/ticks-renderer'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open({
        preload: (r) => {
          r.ipcRenderer.on('go', (_event, n) => {
            r.log('message', n);
            process.nextTick?.(() => r.log('tick', n)); // not where it is sandboxed
            Promise.resolve().then(() => r.log('microtask', n));
            queueMicrotask(() => r.log('queued', n));
          });
        },
      });
      for (const n of [1, 2, 3]) page.webContents.send('go', n);
      page.webContents.postMessage('go', 4);
      page.webContents.send('go', 5);
      await t.seen('page', 'microtask 5');
      await page.run(() => new Promise((later) => setTimeout(later, 0)));
    },
    expected: (context) => ({
      page: [1, 2, 3, 4, 5].flatMap((n) => [
        `message ${n}`,
        ...(context === 'sandboxed' ? [] : [`tick ${n}`]),
        `microtask ${n}`,
        `queued ${n}`,
      ]),
    }),
  },
];
export default scenarios;
