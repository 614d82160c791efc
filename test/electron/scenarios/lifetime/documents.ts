import { everywhere, type Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'a reload: handlers stay, listeners of the old document go',
    rows: ['lifetime/reload'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.handle('add', (_event, n: number) => n + 1);
      t.ipcMain.on('ask', (event, n: number) => {
        event.returnValue = -n;
      });
      const page = await t.open();
      await page.run((r) => {
        r.ipcRenderer.on('news', (_event, n) => r.log('old document', n));
      });
      for (let n = 1; n <= 3; n++) {
        await page.load(page.webContents.getURL());
        const loaded = t.event(page.webContents, 'did-stop-loading');
        page.webContents.reload();
        await loaded;
        await page.run(async (r, n) => {
          r.ipcRenderer.on('news', (_event, n) => r.log('new document', n));
          r.log('invoke', await r.ipcRenderer.invoke('add', n));
          r.log('sync', r.ipcRenderer.sendSync('ask', n));
        }, n);
        page.webContents.send('news', n);
        await t.seen('page', `new document ${n}`);
      }
    },
    expected: {
      page: [1, 2, 3].flatMap((n) => [`invoke ${n + 1}`, `sync -${n}`, `new document ${n}`]),
    },
  },
  {
    name: 'navigation to the same site, another one, data, a file and a protocol of its own',
    rows: ['lifetime/navigation'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('here', (event, n: number) => {
        t.log('here', n, event.senderFrame === event.sender.mainFrame);
        event.reply('reply', n);
      });
      t.ipcMain.handle('add', (_event, n: number) => n + 1);
      const page = await t.open({
        load: false,
        preload: (r) => {
          r.ipcRenderer.on('reply', (_event, n) => r.lane('reply').log('reply', n));
          r.ipcRenderer.send('here', location.protocol.length);
        },
      });
      const file = t.file('page.html', '<!doctype html><title>file</title>');
      const headers = { 'content-type': 'text/html' };
      t.electron.protocol.handle('parity', () => new Response('custom', { headers }));
      const urls = [
        t.site.url('first'),
        t.site.url('second'),
        t.site.url('third', { origin: 'elsewhere' }),
        'data:text/html,data',
        `file://${file}`,
        'about:blank',
        'parity:page',
        t.site.url('first'),
      ];
      for (const [n, url] of urls.entries()) {
        await page.load(url);
        await page.run(async (r, n) => {
          r.log('add', await r.ipcRenderer.invoke('add', n));
          r.ipcRenderer.send('here', n * 100);
        }, n);
        await t.seen('page:reply', `reply ${n * 100}`);
      }
      t.electron.protocol.unhandle('parity');
    },
    expected: {
      main: [
        'here 5 true',
        'here 0 true',
        'here 5 true',
        'here 100 true',
        'here 5 true',
        'here 200 true',
        'here 5 true',
        'here 300 true',
        'here 5 true',
        'here 400 true',
        'here 6 true',
        'here 500 true',
        'here 7 true',
        'here 600 true',
        'here 5 true',
        'here 700 true',
      ],
      'page:reply': [
        'reply 5',
        'reply 0',
        'reply 5',
        'reply 100',
        'reply 5',
        'reply 200',
        'reply 5',
        'reply 300',
        'reply 5',
        'reply 400',
        'reply 6',
        'reply 500',
        'reply 7',
        'reply 600',
        'reply 5',
        'reply 700',
      ],
      page: ['add 1', 'add 2', 'add 3', 'add 4', 'add 5', 'add 6', 'add 7', 'add 8'],
    },
  },
  {
    name: 'history: back and forward reach the documents anew',
    rows: ['lifetime/navigation'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      t.ipcMain.on('title', (event, text: string) => {
        t.log('title', text);
        event.returnValue = text.length;
      });
      const page = await t.open({
        url: t.site.url('<p>one</p>'),
        preload: (r) => {
          window.addEventListener('DOMContentLoaded', () => {
            r.log('sync', r.ipcRenderer.sendSync('title', document.body.textContent));
          });
        },
      });
      await page.load(t.site.url('<p>three</p>', { origin: 'elsewhere' }));
      for (const move of ['goBack', 'goForward'] as const) {
        const loaded = t.event(page.webContents, 'did-finish-load');
        // Where the newer one exists Electron warns of the older, once in each process.
        const { navigationHistory } = page.webContents;
        (navigationHistory?.[move] ? navigationHistory : page.webContents)[move]();
        await loaded;
      }
    },
    expected: {
      main: ['title "one"', 'title "three"', 'title "one"', 'title "three"'],
      page: ['sync 3', 'sync 5', 'sync 3', 'sync 5'],
    },
  },
  {
    name: 'moving inside a document changes nothing for it',
    rows: ['lifetime/same-document'],
    contexts: everywhere,
    async main(t) {
      const answer = t.hold('wait', () => t.log('asked'));
      const page = await t.open();
      await page.run((r) => {
        r.ipcRenderer.on('news', (_event, n) => r.log('news', n));
      });
      const asked = page.run((r) => r.attempt('wait', () => r.ipcRenderer.invoke('wait')));
      await t.seen('main', 'asked');
      await page.runInPage(() => {
        location.hash = 'there';
        history.pushState({}, '', '#further');
      });
      page.webContents.send('news', 1);
      await t.seen('page', 'news');
      answer('still here');
      await asked;
    },
    expected: { main: ['asked'], page: ['news 1', 'wait resolved "still here"'] },
  },
];
export default scenarios;
