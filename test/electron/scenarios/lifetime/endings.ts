import { everywhere, type Scenario } from '../../harness/scenario.ts';

const churn = 5;

const scenarios: readonly Scenario[] = [
  {
    name: 'a window that is closed inside of a listener',
    rows: ['lifetime/close-in-handler'],
    contexts: everywhere,
    async main(t) {
      for (const how of ['send', 'sendSync', 'invoke'] as const) {
        const page = await t.open({ name: how });
        const gone = t.event(page.webContents, 'destroyed');
        t.ipcMain.once('close', (event) => {
          t.log('closing', how);
          page.window.destroy();
          event.reply('note', 'to nobody');
          event.returnValue = 'too late';
        });
        t.ipcMain.on('close', () => t.log('second listener', how));
        t.ipcMain.handleOnce('close', () => {
          t.log('closing', how);
          page.window.destroy();
          return 'too late';
        });
        page.start((r, how) => void r.ipcRenderer[how]('close'), how);
        await gone;
        t.ipcMain.removeAllListeners('close');
        t.ipcMain.removeHandler('close');
        t.log('gone', page.window.isDestroyed());
      }
      const page = await t.open();
      await page.run((r) => r.attempt('alive', () => r.ipcRenderer.invoke('nobody')));
    },
    expected: {
      main: [
        'closing "send"',
        'second listener "send"',
        'gone true',
        'closing "sendSync"',
        'second listener "sendSync"',
        'gone true',
        'closing "invoke"',
        'gone true',
      ],
      console: [
        `error: Error occurred in handler for 'nobody': Error("Error: No handler registered for 'nobody'")`,
      ],
      page: [
        `alive rejected Error("Error: Error invoking remote method 'nobody': Error: No handler registered for 'nobody'")`,
      ],
    },
  },
  {
    name: 'a page that closes itself after its last message',
    rows: ['lifetime/close'],
    contexts: everywhere,
    async main(t) {
      for (let round = 0; round < 5; round++) {
        const seen: number[] = [];
        const note = (_event: unknown, n: number): number => seen.push(n);
        t.ipcMain.on('last', note);
        const page = await t.open();
        const gone = t.event(page.webContents, 'destroyed');
        page.start((r) => {
          for (let n = 0; n < 100; n++) r.ipcRenderer.send('last', n);
          window.close();
        });
        await gone;
        t.ipcMain.off('last', note);
        t.log('all', seen.length, seen.at(-1));
      }
    },
    expected: { main: new Array(5).fill('all 100 99') },
  },
  {
    name: 'a window with a waiting sendSync is destroyed, and the others go on',
    rows: ['lifetime/destroyed-in-call'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const other = await t.open({ name: 'other' });
      const page = await t.open();
      const asked = t.event(t.ipcMain, 'ask');
      page.start((r) => r.attempt('ask', () => r.ipcRenderer.sendSync('ask')));
      const [event] = (await asked) as [Electron.IpcMainEvent];
      const gone = t.event(page.webContents, 'destroyed');
      page.window.destroy();
      await gone;
      event.returnValue = 'too late';
      t.ipcMain.on('ask', (event) => {
        event.returnValue = 'in time';
      });
      await other.run((r) => r.attempt('ask', () => r.ipcRenderer.sendSync('ask')));
    },
    expected: { other: ['ask returned "in time"'] },
  },
  {
    name: 'a renderer that crashes: main hears of it, late answers go nowhere, a reload revives it',
    rows: ['lifetime/crash'],
    contexts: everywhere,
    async main(t) {
      const answer = t.hold('wait');
      t.ipcMain.on('before', (_event, n) => t.log('before', n));
      const page = await t.open({
        preload: (r) => {
          r.state.crash = () => process.crash();
        },
      });
      const gone = t.event(page.webContents, 'render-process-gone');
      const called = t.received('before');
      page.start((r) => {
        r.ipcRenderer.invoke('wait').finally(() => r.log('settled'));
        r.ipcRenderer.send('before', 1);
      });
      await called;
      page.start((r) => (r.state.crash as () => void)());
      const [, details] = (await gone) as [unknown, Electron.RenderProcessGoneDetails];
      t.log('gone', details.reason);
      answer('too late');
      await t.attempt('send', () => page.webContents.send('news', 1));
      await page.load(t.site.url());
      t.ipcMain.handle('again', (_event, n: number) => n + 1);
      await page.run((r) => r.attempt('again', () => r.ipcRenderer.invoke('again', 1)));
    },
    expected: {
      main: ['before 1', 'gone "crashed"', 'send returned undefined'],
      console: [
        'error: Error sending from webFrameMain:  Error("Error: Render frame was disposed before WebFrameMain could be accessed")',
      ],
      page: ['again resolved 2'],
    },
  },
  {
    name: 'a renderer that is killed while it waits for an answer, and while it is flooded',
    rows: ['lifetime/crash'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      for (let round = 0; round < 3; round++) {
        const page = await t.open({ name: `round ${round}` });
        const asked = t.event(t.ipcMain, 'ask');
        const gone = t.event(page.webContents, 'render-process-gone');
        page.start((r) => r.attempt('ask', () => r.ipcRenderer.sendSync('ask')));
        const [event] = (await asked) as [Electron.IpcMainEvent];
        for (let n = 0; n < 500; n++) page.webContents.send('flood', n, 'x'.repeat(1000));
        page.webContents.forcefullyCrashRenderer();
        await gone;
        await t.attempt('answer', () => {
          event.returnValue = 'too late';
        });
        await t.attempt('reply', () => event.reply('news'));
      }
      t.ipcMain.handle('add', (_event, n: number) => n + 1);
      const page = await t.open();
      await page.run((r) => r.attempt('add', () => r.ipcRenderer.invoke('add', 1)));
    },
    expected: {
      main: [
        'answer returned undefined',
        'reply returned undefined',
        'answer returned undefined',
        'reply returned undefined',
        'answer returned undefined',
        'reply returned undefined',
      ],
      console: [
        'error: Error sending from webFrameMain:  Error("Error: Render frame was disposed before WebFrameMain could be accessed")',
        'error: Error sending from webFrameMain:  Error("Error: Render frame was disposed before WebFrameMain could be accessed")',
        'error: Error sending from webFrameMain:  Error("Error: Render frame was disposed before WebFrameMain could be accessed")',
      ],
      page: ['add resolved 2'],
    },
  },
  {
    name: 'one window crashes, another of the same application does not notice',
    rows: ['lifetime/crash', 'context/several-windows'],
    contexts: ['isolated', 'node'],
    async main(t) {
      t.ipcMain.handle('add', (_event, n: number) => n + 1);
      const page = await t.open();
      const other = await t.open({ name: 'other' });
      const gone = t.event(page.webContents, 'render-process-gone');
      const adding = other.run(async (r) => {
        let n = 0;
        while (n < 500) n = await r.ipcRenderer.invoke('add', n);
        r.log('added', n);
      });
      page.webContents.forcefullyCrashRenderer();
      await gone;
      await adding;
    },
    expected: { other: ['added 500'] },
  },
  {
    name: 'windows that open and close again and again leave nothing behind that disturbs',
    rows: ['lifetime/churn'],
    contexts: ['isolated', 'node'],
    async main(t) {
      t.ipcMain.on('ask', (event, n: number) => {
        event.returnValue = n * 2;
      });
      for (let n = 0; n < churn; n++) {
        const page = await t.open();
        await page.run((r, n) => r.log('ask', r.ipcRenderer.sendSync('ask', n)), n);
        page.window.destroy();
      }
    },
    expected: { page: Array.from({ length: churn }, (_, n) => `ask ${n * 2}`) },
  },
];
export default scenarios;
