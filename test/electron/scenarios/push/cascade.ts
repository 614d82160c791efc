import { everywhere, type Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'a message passes the window, its frame and its window again before ipcMain',
    rows: ['main/cascade-send', 'main/cascade-sync', 'main/ipc-message', 'main/ipc-message-sync'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      const { webContents } = page;
      const note =
        (who: string) =>
        (event: Electron.IpcMainEvent, ...args: unknown[]): void => {
          t.log(who, args);
          event.returnValue = who;
        };
      t.ipcMain.on('go', note('ipcMain'));
      webContents.ipc.on('go', note('webContents.ipc'));
      webContents.mainFrame.ipc.on('go', note('frame.ipc'));
      webContents.on('ipc-message', (_event, channel, ...args) => t.log(`event ${channel}`, args));
      webContents.on('ipc-message-sync', (event, channel, ...args) => {
        t.log(`sync event ${channel}`, args);
        event.returnValue = 'sync event';
      });
      await page.run(async (r) => {
        r.ipcRenderer.send('go', 1);
        await r.attempt('sendSync', () => r.ipcRenderer.sendSync('go', 2));
        r.ipcRenderer.postMessage('go', 3);
        r.ipcRenderer.send('unknown', 4);
        await r.attempt('unknown', () => r.ipcRenderer.sendSync('unknown', 5));
      });
    },
    expected: {
      main: [
        'event go Array(1)[1]',
        'frame.ipc Array(1)[1]',
        'webContents.ipc Array(1)[1]',
        'ipcMain Array(1)[1]',
        'sync event go Array(1)[2]',
        'frame.ipc Array(1)[2]',
        'webContents.ipc Array(1)[2]',
        'ipcMain Array(1)[2]',
        'frame.ipc Array(1)[3]',
        'webContents.ipc Array(1)[3]',
        'ipcMain Array(1)[3]',
        'event unknown Array(1)[4]',
        'sync event unknown Array(1)[5]',
      ],
      page: ['sendSync returned "sync event"', 'unknown returned "sync event"'],
    },
  },
  {
    name: 'the first of frame, window and ipcMain that has a handler answers an invoke',
    rows: ['main/cascade-invoke'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      const { ipc } = page.webContents;
      const frameIpc = page.webContents.mainFrame.ipc;
      const ask = (): Promise<void> =>
        page.run((r) => r.attempt('invoke', () => r.ipcRenderer.invoke('who')));
      await ask();
      t.ipcMain.handle('who', () => 'ipcMain');
      await ask();
      ipc.handle('who', () => 'webContents.ipc');
      await ask();
      frameIpc.handle('who', () => 'frame.ipc');
      await ask();
      frameIpc.removeHandler('who');
      await ask();
      ipc.removeHandler('who');
      await ask();
      frameIpc.handleOnce('who', () => 'frame.ipc, once');
      await ask();
      await ask();
    },
    expected: {
      page: [
        `invoke rejected Error("Error: Error invoking remote method 'who': Error: No handler registered for 'who'")`,
        'invoke resolved "ipcMain"',
        'invoke resolved "webContents.ipc"',
        'invoke resolved "frame.ipc"',
        'invoke resolved "webContents.ipc"',
        'invoke resolved "ipcMain"',
        'invoke resolved "frame.ipc, once"',
        'invoke resolved "ipcMain"',
      ],
    },
  },
  {
    name: 'listeners of one window and one frame do not hear the others',
    rows: ['main/cascade-send'],
    contexts: ['isolated', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      const other = await t.open({ name: 'other' });
      page.webContents.ipc.on('go', (_event, n) => t.log('window of page', n));
      page.webContents.mainFrame.ipc.on('go', (_event, n) => t.log('frame of page', n));
      other.webContents.ipc.on('go', (_event, n) => t.log('window of other', n));
      other.webContents.mainFrame.ipc.on('go', (_event, n) => t.log('frame of other', n));
      t.ipcMain.on('go', (event, n) => {
        t.log('ipcMain', n, event.sender === page.webContents, event.sender === other.webContents);
      });
      for (const [n, one] of [page, other].entries()) {
        const heard = t.received('go');
        await one.run((r, n) => r.ipcRenderer.send('go', n), n);
        await heard;
      }
    },
    expected: {
      main: [
        'frame of page 0',
        'window of page 0',
        'ipcMain 0 true false',
        'frame of other 1',
        'window of other 1',
        'ipcMain 1 false true',
      ],
    },
  },
  {
    name: 'channel "error" does not throw in main, and does in a renderer without a listener',
    rows: ['main/error-guard', 'throw/error-channel'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      const done = t.received('done');
      await page.run((r) => {
        r.ipcRenderer.send('error', 'to main');
        r.ipcRenderer.send('done');
      });
      await done;
      page.webContents.send('error', 'to the renderer');
      await t.seen('page', 'uncaught');
      await page.run((r) => {
        r.ipcRenderer.on('error', (_event, value) => r.log('error', value));
      });
      page.webContents.send('error', 'heard');
      await t.seen('page', 'error');
    },
    expected: (context) => ({
      page: [
        context === 'sandboxed'
          ? 'uncaught Error: Unhandled error. (undefined)'
          : 'uncaught Error [ERR_UNHANDLED_ERROR]: Unhandled error. ({',
        'error "heard"',
      ],
    }),
  },
];
export default scenarios;
