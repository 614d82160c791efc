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
        const loaded = t.event(page.webContents, 'did-finish-load');
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
        page.webContents[move]();
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
      let answer = (_value: string): void => {};
      t.ipcMain.handle('wait', () => {
        t.log('asked');
        return new Promise((resolve) => {
          answer = resolve;
        });
      });
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
  {
    name: 'an answer that is late never reaches the next document',
    rows: ['lifetime/late-answers'],
    contexts: everywhere,
    async main(t) {
      let answer = (_value: string): void => {};
      t.ipcMain.handle('wait', () => {
        return new Promise((resolve) => {
          answer = resolve;
        });
      });
      t.ipcMain.handle('next', (_event, n) => n);
      const page = await t.open();
      for (const url of [t.site.url('next'), t.site.url('far', { origin: 'elsewhere' })]) {
        const sent = t.received('sent');
        page.start((r) => {
          r.ipcRenderer.invoke('wait').finally(() => r.log('settled'));
          r.ipcRenderer.send('sent');
        });
        await sent;
        await page.load(url);
        answer('too late');
        await page.run(async (r) => {
          for (const n of [1, 2, 3]) r.log('next', await r.ipcRenderer.invoke('next', n));
        });
      }
    },
    expected: { page: ['next 1', 'next 2', 'next 3', 'next 1', 'next 2', 'next 3'] },
  },
  {
    // Chromium keeps the frame when the site stays the same, and event.reply names the frame.
    name: 'a reply that is late reaches the next document of the same site, not that of another',
    rows: ['event/reply-gone'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open({
        preload: (r) => {
          r.ipcRenderer.on('news', (_event, text) => r.log('news', text));
        },
      });
      for (const origin of ['here', 'elsewhere'] as const) {
        const asked = t.event(t.ipcMain, 'ask');
        await page.run((r) => r.ipcRenderer.send('ask'));
        const [event] = (await asked) as [Electron.IpcMainEvent];
        await page.load(t.site.url('next', { origin }));
        event.reply('news', `late reply, ${origin}`);
        t.log('same frame', event.senderFrame === event.sender.mainFrame);
        page.webContents.send('news', `sent, ${origin}`);
        await t.seen('page', `news "sent, ${origin}"`);
      }
    },
    expected: {
      main: ['same frame true', 'same frame false'],
      page: ['news "late reply, here"', 'news "sent, here"', 'news "sent, elsewhere"'],
    },
  },
  {
    name: 'messages sent while a document unloads still arrive',
    rows: ['lifetime/unload'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('leaving', (event, when: string) => {
        t.log('leaving', when);
        event.returnValue = `answer for ${when}`;
      });
      t.ipcMain.on('answered', (_event, text) => t.log('answered', text));
      const page = await t.open();
      for (const url of [t.site.url('next'), t.site.url('far', { origin: 'elsewhere' })]) {
        await page.run((r) => {
          for (const name of ['beforeunload', 'pagehide', 'unload']) {
            window.addEventListener(name, () => {
              r.ipcRenderer.send('leaving', `${name}, send`);
              const answer = r.ipcRenderer.sendSync('leaving', `${name}, sendSync`);
              r.ipcRenderer.send('answered', answer);
            });
          }
        });
        const ended = new Promise<void>((done) => {
          t.ipcMain.on('answered', (_event, text) => {
            if (text === 'answer for unload, sendSync') done();
          });
        });
        await page.load(url);
        await ended;
        t.log('left');
      }
    },
    expected: {
      main: [
        'leaving "beforeunload, send"',
        'leaving "beforeunload, sendSync"',
        'answered "answer for beforeunload, sendSync"',
        'leaving "pagehide, send"',
        'leaving "pagehide, sendSync"',
        'answered "answer for pagehide, sendSync"',
        'leaving "unload, send"',
        'leaving "unload, sendSync"',
        'answered "answer for unload, sendSync"',
        'left',
        'leaving "beforeunload, send"',
        'leaving "beforeunload, sendSync"',
        'answered "answer for beforeunload, sendSync"',
        'leaving "pagehide, send"',
        'leaving "pagehide, sendSync"',
        'answered "answer for pagehide, sendSync"',
        'leaving "unload, send"',
        'leaving "unload, sendSync"',
        'answered "answer for unload, sendSync"',
        'left',
      ],
    },
  },
  {
    name: 'a flood from a document that is left does not reach past its end or harm the next one',
    rows: ['lifetime/late-answers', 'load/burst'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      let last = -1;
      let wrong = 0;
      t.ipcMain.on('flood', (_event, n: number) => {
        if (n !== ++last) wrong++;
      });
      t.ipcMain.on('next', (_event, n) => t.log('next document', n));
      const page = await t.open();
      await page.run((r) => {
        for (let n = 0; n < 5000; n++) r.ipcRenderer.send('flood', n);
      });
      await page.load(t.site.url('next'));
      const next = t.received('next');
      await page.run((r) => r.ipcRenderer.send('next', 1));
      await next;
      t.log('all', last, wrong);
    },
    expected: { main: ['next document 1', 'all 4999 0'] },
  },
];
export default scenarios;
