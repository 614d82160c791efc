import type { Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'a window that a page opens talks for itself',
    rows: ['context/window-open'],
    contexts: ['isolated', 'bare', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      const { preload } = page;
      page.webContents.setWindowOpenHandler(() => ({
        action: 'allow',
        overrideBrowserWindowOptions: { show: false, webPreferences: { preload } },
      }));
      const created = t.event(page.webContents, 'did-create-window');
      t.ipcMain.on('who', (event, name: string) => {
        t.log(
          name,
          event.sender === page.webContents,
          event.senderFrame === event.sender.mainFrame,
        );
        event.returnValue = name;
        event.reply('reply', name);
      });
      t.ipcMain.handle('who', (event) => event.sender === page.webContents);
      await page.runInPage((url) => void window.open(url, 'opened'), t.site.url('opened'));
      const [child] = (await created) as [Electron.BrowserWindow];
      const { webContents } = child;
      await t.event(webContents, 'did-finish-load');
      for (const [name, runner] of [
        ['opened', page.in(webContents.mainFrame)],
        ['opener', page],
      ] as const) {
        await runner.run(async (r, name) => {
          const replied = new Promise((done) => {
            r.ipcRenderer.on('reply', (_event, name) => done(name));
          });
          r.log('sync', r.ipcRenderer.sendSync('who', name));
          r.log('invoke', await r.ipcRenderer.invoke('who'));
          r.log('reply', await replied);
        }, name);
      }
      child.destroy();
      await page.run((r) => r.log('still', r.ipcRenderer.sendSync('who', 'opener')));
    },
    expected: {
      main: ['opened false true', 'opener true true', 'opener true true'],
      'page>opened': ['sync "opened"', 'invoke false', 'reply "opened"'],
      page: ['sync "opener"', 'invoke true', 'reply "opener"', 'still "opener"'],
    },
  },
  {
    name: 'a webview: its guest talks to main and to its host',
    rows: ['context/webview'],
    contexts: ['isolated', 'node'],
    async main(t) {
      const preload = t.file(
        'guest-preload.js',
        [
          "const { ipcRenderer } = require('electron');",
          "ipcRenderer.on('news', async (_event, n) => {",
          "  const sum = await ipcRenderer.invoke('add', n);",
          "  ipcRenderer.sendToHost('from the guest', sum, ipcRenderer.sendSync('ask', sum));",
          "  ipcRenderer.send('told', sum);",
          '});',
        ].join('\n'),
      );
      t.ipcMain.handle('add', (event, n: number) => {
        t.log('add', event.sender.getType());
        return n + 1;
      });
      t.ipcMain.on('ask', (event, n: number) => {
        event.returnValue = [n];
      });
      const page = await t.open({ webPreferences: { webviewTag: true } });
      const told = t.received('told');
      const heard = await page.runInPage(
        (url, preload) =>
          new Promise<unknown>((done) => {
            const view = document.createElement('webview') as Electron.WebviewTag;
            view.setAttribute('preload', `file://${preload}`);
            view.setAttribute('webpreferences', 'sandbox=no');
            view.src = url;
            view.addEventListener('dom-ready', () => void view.send('news', 41));
            view.addEventListener('ipc-message', ({ channel, args }) => done([channel, args]));
            document.body.append(view);
          }),
        t.site.url('guest'),
        preload,
      );
      t.log('heard', heard);
      t.log('told', await told);
    },
    expected: {
      main: [
        'add "webview"',
        'heard Array(2)["from the guest", Array(2)[42, Array(1)[42]]]',
        'told Array(1)[42]',
      ],
    },
  },
];
export default scenarios;
