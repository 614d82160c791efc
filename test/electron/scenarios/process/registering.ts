import type { Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'listeners and handlers from before registering are called as they are',
    rows: ['register/before'],
    contexts: ['isolated', 'node', 'sandboxed'],
    beforeRegister({ ipcMain, log }) {
      ipcMain.on('early', (event, n: number) => {
        log('early', n);
        event.returnValue = n + 1;
        event.reply('back', n + 2);
      });
      ipcMain.once('early', (_event, n: number) => log('once', n));
      ipcMain.handle('early', (_event, n: number) => n + 3);
      ipcMain.handleOnce('early once', (_event, n: number) => n + 4);
    },
    async main(t) {
      t.ipcMain.on('early', (_event, n: number) => t.log('late', n));
      const page = await t.open();
      await page.run(async (r) => {
        r.ipcRenderer.on('back', (_event, n) => r.lane('reply').log('back', n));
        r.ipcRenderer.send('early', 10);
        await r.attempt('sendSync', () => r.ipcRenderer.sendSync('early', 20));
        await r.attempt('invoke', () => r.ipcRenderer.invoke('early', 30));
        await r.attempt('once', () => r.ipcRenderer.invoke('early once', 40));
        await r.attempt('again', () => r.ipcRenderer.invoke('early once', 50));
      });
      await t.seen('page:reply', 'back 22');
    },
    expected: {
      main: ['early 10', 'once 10', 'late 10', 'early 20', 'late 20'],
      page: [
        'sendSync returned 21',
        'invoke resolved 33',
        'once resolved 44',
        `again rejected Error("Error: Error invoking remote method 'early once': Error: No handler registered for 'early once'")`,
      ],
      'page:reply': ['back 12', 'back 22'],
      console: [
        `error: Error occurred in handler for 'early once': Error("Error: No handler registered for 'early once'")`,
      ],
    },
  },
  {
    name: 'references to methods taken before registering still work',
    rows: ['register/references'],
    contexts: ['isolated', 'node'],
    beforeRegister({ ipcMain, electron, log }) {
      const { handle, handleOnce } = ipcMain;
      handle('taken', () => 'taken');
      handleOnce('taken once', () => 'taken once');
      electron.app.once('browser-window-created', (_event, { webContents }) => {
        const { send } = webContents;
        webContents.once('did-finish-load', () => {
          send.call(webContents, 'news', 1);
          log('sent');
        });
      });
    },
    async main(t) {
      const page = await t.open({
        preload: (r) => r.ipcRenderer.on('news', (_event, n) => r.log('news', n)),
      });
      await t.seen('page', 'news');
      await page.run(async (r) => {
        await r.attempt('taken', () => r.ipcRenderer.invoke('taken'));
        await r.attempt('once', () => r.ipcRenderer.invoke('taken once'));
      });
    },
    expected: {
      main: ['sent'],
      page: ['news 1', 'taken resolved "taken"', 'once resolved "taken once"'],
    },
  },
  {
    name: 'RINGWIRE=off in the environment leaves everything to stock',
    rows: ['register/off'],
    contexts: ['isolated', 'node'],
    process: { env: { RINGWIRE: 'off' } },
    path: 'stock',
    async main(t) {
      t.ipcMain.handle('add', (_event, n: number) => n + 1);
      t.ipcMain.on('ask', (event, n: number) => {
        event.reply('back', n);
        event.returnValue = n;
      });
      const page = await t.open();
      await page.run(async (r) => {
        r.ipcRenderer.on('back', (_event, n) => r.log('back', n));
        r.log('add', await r.ipcRenderer.invoke('add', 1));
        r.log('ask', r.ipcRenderer.sendSync('ask', 2));
      });
      await t.seen('page', 'back');
    },
    expected: { page: ['add 2', 'ask 2', 'back 2'], console: [] },
  },
  {
    name: 'RINGWIRE_BATCH=off in the environment sends each message of a sandboxed window alone',
    rows: ['register/batch-off'],
    contexts: ['sandboxed'],
    process: { env: { RINGWIRE_BATCH: 'off' } },
    async main(t) {
      let count = 0;
      t.ipcMain.on('tell', () => count++);
      t.ipcMain.handle('count', () => count);
      const page = await t.open();
      await page.run(async (r) => {
        let heard = 0;
        r.ipcRenderer.on('news', () => {
          heard++;
          if (heard === 100) r.log('heard', heard);
        });
        for (let n = 0; n < 100; n++) r.ipcRenderer.send('tell', n);
        r.log('count', await r.ipcRenderer.invoke('count'));
      });
      for (let n = 0; n < 100; n++) page.webContents.send('news', n);
      await t.seen('page', 'heard');
    },
    expected: { page: ['count 100', 'heard 100'] },
  },
  {
    name: 'the uv event loop carries the same traffic where GLib is not used',
    rows: ['register/loop'],
    contexts: ['isolated', 'node'],
    process: { env: { RINGWIRE_LOOP: 'uv' } },
    async main(t) {
      let count = 0;
      t.ipcMain.on('tell', () => count++);
      t.ipcMain.on('ask', (event, n: number) => {
        event.returnValue = n + count;
      });
      t.ipcMain.handle('add', async (_event, n: number) => n + 1);
      const page = await t.open();
      await page.run(async (r) => {
        for (let n = 0; n < 1000; n++) r.ipcRenderer.send('tell', n);
        r.log('ask', r.ipcRenderer.sendSync('ask', 1));
        const sums = await Promise.all(
          Array.from({ length: 100 }, (_, n) => r.ipcRenderer.invoke('add', n)),
        );
        r.log(
          'sums',
          sums.every((sum, n) => sum === n + 1),
        );
      });
    },
    expected: { page: ['ask 1001', 'sums true'] },
  },
];
export default scenarios;
