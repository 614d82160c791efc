import type { Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'a window with DevTools open talks as before, and so after they are closed',
    rows: ['context/devtools'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      t.ipcMain.on('sync', (event, n: number) => {
        event.returnValue = n + 1;
      });
      t.ipcMain.on('send', (event, n: number) => event.reply('reply', n + 2));
      t.ipcMain.handle('invoke', (_event, n: number) => n + 3);
      const page = await t.open();
      const talk = (label: string) =>
        page.run(async (r, label) => {
          const replied = new Promise((done) => r.ipcRenderer.once('reply', (_e, n) => done(n)));
          r.ipcRenderer.send('send', 1);
          r.log(label, r.ipcRenderer.sendSync('sync', 1), await r.ipcRenderer.invoke('invoke', 1));
          r.log(label, await replied);
        }, label);
      await talk('before');
      const opened = t.event(page.webContents, 'devtools-opened');
      page.webContents.openDevTools({ mode: 'detach', activate: false });
      await opened;
      t.log('open', page.webContents.isDevToolsOpened());
      await talk('open');
      const loaded = t.event(page.webContents, 'did-finish-load');
      page.webContents.reload();
      await loaded;
      await talk('reloaded');
      const closed = t.event(page.webContents, 'devtools-closed');
      page.webContents.closeDevTools();
      await closed;
      await talk('closed');
    },
    expected: {
      main: ['open true'],
      page: ['before', 'open', 'reloaded', 'closed'].flatMap((at) => [`${at} 2 4`, `${at} 3`]),
    },
  },
];

export default scenarios;
