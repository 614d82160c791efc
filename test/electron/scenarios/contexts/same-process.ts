import type { Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'a child window in the process of its opener talks for itself, and may go while it waits',
    rows: ['context/same-process'],
    contexts: ['isolated', 'bare', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      const { preload } = page;
      page.webContents.setWindowOpenHandler(() => ({
        action: 'allow',
        overrideBrowserWindowOptions: { show: false, webPreferences: { preload } },
      }));
      t.ipcMain.on('who', (event) => {
        event.returnValue = event.sender === page.webContents ? 'opener' : 'child';
      });
      t.ipcMain.handle('who', (event) => (event.sender === page.webContents ? 'opener' : 'child'));
      const asked = t.received('ask');
      t.ipcMain.handle('never', () => new Promise(() => {}));
      const created = t.event(page.webContents, 'did-create-window');
      await page.runInPage((url) => void window.open(url, 'child'), t.site.url('child'));
      const [{ webContents }] = (await created) as [Electron.BrowserWindow];
      await t.event(webContents, 'did-finish-load');
      const child = page.in(webContents.mainFrame);
      t.log('one process', webContents.getOSProcessId() === page.webContents.getOSProcessId());
      await child.run(async (r) => {
        r.log('sync', r.ipcRenderer.sendSync('who'));
        r.log('invoke', await r.ipcRenderer.invoke('who'));
      });
      child.start((r) => {
        void r.ipcRenderer.invoke('never').then(() => r.log('an answer'));
        r.ipcRenderer.send('ask');
      });
      await asked;
      const destroyed = t.event(webContents, 'destroyed');
      await page.runInPage(() => window.open('', 'child')?.close());
      await destroyed;
      await page.run(async (r) => {
        r.log('sync', r.ipcRenderer.sendSync('who'));
        r.log('invoke', await r.ipcRenderer.invoke('who'));
      });
    },
    expected: {
      main: ['one process true'],
      'page>child': ['sync "child"', 'invoke "child"'],
      page: ['sync "opener"', 'invoke "opener"'],
    },
  },
  {
    name: 'an empty child window, about:blank, talks for itself',
    rows: ['context/same-process'],
    contexts: ['isolated', 'bare', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      const { preload } = page;
      page.webContents.setWindowOpenHandler(() => ({
        action: 'allow',
        overrideBrowserWindowOptions: { show: false, webPreferences: { preload } },
      }));
      t.ipcMain.on('who', (event) => {
        event.returnValue = event.sender === page.webContents ? 'opener' : 'child';
      });
      const created = t.event(page.webContents, 'did-create-window');
      await page.runInPage(() => void window.open('about:blank', 'blank'));
      const [{ webContents }] = (await created) as [Electron.BrowserWindow];
      t.log('url', webContents.getURL());
      await page.run((r) => r.log('sync', r.ipcRenderer.sendSync('who')));
    },
    expected: { main: ['url "about:blank"'], page: ['sync "opener"'] },
  },
];

export default scenarios;
