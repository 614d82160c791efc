import { everywhere, type Scenario } from '../../harness/scenario.ts';

/** What main hears when one document is left. */
const leaving = [
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
];

const scenarios: readonly Scenario[] = [
  {
    name: 'an answer that is late never reaches the next document',
    rows: ['lifetime/late-answers'],
    contexts: everywhere,
    async main(t) {
      const answer = t.hold('wait');
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
          const heard: string[] = [];
          Object.assign(globalThis, { heard });
          r.ipcRenderer.on('news', (_event, text: string) => {
            heard.push(text);
            r.ipcRenderer.send('heard', text);
          });
        },
      });
      for (const origin of ['here', 'elsewhere'] as const) {
        const heard = new Promise<void>((resolve) => {
          t.ipcMain.on('heard', (_event, text) => {
            if (text === `sent, ${origin}`) resolve();
          });
        });
        const asked = t.event(t.ipcMain, 'ask');
        await page.run((r) => r.ipcRenderer.send('ask'));
        const [event] = (await asked) as [Electron.IpcMainEvent];
        await page.load(t.site.url('next', { origin }));
        event.reply('news', `late reply, ${origin}`);
        // The frame that was left may live on for a moment: Electron 33 warns once it is gone.
        if (origin === 'here') t.log('same frame', event.senderFrame === event.sender.mainFrame);
        page.webContents.send('news', `sent, ${origin}`);
        await heard;
        // The document that was left may hear its own reply, as long as it lives.
        await page.run((r) => r.log('heard', (globalThis as { heard?: string[] }).heard));
      }
    },
    expected: {
      main: ['same frame true'],
      page: [
        'heard Array(2)["late reply, here", "sent, here"]',
        'heard Array(1)["sent, elsewhere"]',
      ],
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
      main: [...leaving, ...leaving],
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
  {
    name: 'ports that main sends to a document that unloads, and to the one after it',
    rows: ['lifetime/unload', 'order/ports'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open({
        preload: (r) => r.ipcRenderer.on('news', (e, n) => r.log('news', n, e.ports.length)),
      });
      const { webContents } = page;
      const post = (name: string): void => {
        webContents.postMessage('news', name, [new t.electron.MessageChannelMain().port1]);
      };
      t.ipcMain.on('leaving', (event) => {
        post('leaving');
        event.returnValue = 1;
      });
      await page.run((r) => {
        window.addEventListener('unload', () => r.ipcRenderer.sendSync('leaving'));
      });
      await page.load(t.site.url('next'));
      post('first');
      webContents.send('news', 'between');
      post('second');
      webContents.send('news', 'end');
      await t.seen('page', 'news "end"');
    },
    expected: {
      page: [
        'news "leaving" 1',
        'news "first" 1',
        'news "between" 0',
        'news "second" 1',
        'news "end" 0',
      ],
    },
  },
  {
    name: 'messages to the page that Chromium shows for a load that failed',
    rows: ['lifetime/navigation', 'push/ways'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open({
        preload: (r) => r.ipcRenderer.on('news', (_event, n) => r.log('at', location.protocol, n)),
      });
      const { webContents } = page;
      webContents.once('did-fail-load', () => webContents.send('news', 'failed'));
      await t.attempt('load', () => webContents.loadURL('http://127.0.0.1:1/'));
      webContents.send('news', 'later');
      await t.seen('page', 'at "chrome-error:" "later"');
      await page.load(t.site.url('back'));
      webContents.send('news', 'back');
      await t.seen('page', 'at "http:" "back"');
    },
    expected: {
      page: ['at "chrome-error:" "failed"', 'at "chrome-error:" "later"', 'at "http:" "back"'],
    },
  },
  {
    name: 'a frame that the page removes in the very task in which the frame sends a burst',
    rows: ['lifetime/frame-removed', 'load/close-together'],
    contexts: everywhere,
    async main(t) {
      const numbers: number[] = [];
      t.ipcMain.on('burst', (_event, n: number) => {
        numbers.push(n);
        if (n === 19) t.log('burst', numbers);
      });
      const page = await t.open({
        webPreferences: { nodeIntegrationInSubFrames: true },
        url: t.site.url(`<iframe src="${t.site.url('child')}"></iframe>`),
        preload: (r) => {
          const api = {
            burst: () => {
              for (let n = 0; n < 20; n++) r.ipcRenderer.send('burst', n);
            },
          };
          if (process.contextIsolated) r.electron.contextBridge.exposeInMainWorld('api', api);
          else (globalThis as { api?: unknown }).api = api;
        },
      });
      await page.runInPage(() => {
        interface Api {
          readonly api: { burst(): void };
        }
        (window.frames[0] as unknown as Api).api.burst();
        document.querySelector('iframe')?.remove();
      });
      await t.seen('main', 'burst');
    },
    expected: {
      main: [`burst Array(20)[${Array.from({ length: 20 }, (_, n) => n).join(', ')}]`],
    },
  },
  {
    name: 'what main sends to a document that unloads reaches the one after it',
    rows: ['lifetime/unload', 'push/ways'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open({
        preload: (r) => r.ipcRenderer.on('news', (_event, word) => r.log('news', word)),
      });
      const { webContents } = page;
      t.ipcMain.on('leaving', (event) => {
        webContents.send('news', 'sent');
        event.reply('news', 'replied');
        webContents.postMessage('news', 'posted');
        event.returnValue = 1;
      });
      await page.run((r) => {
        window.addEventListener('unload', () => r.ipcRenderer.sendSync('leaving'));
      });
      await page.load(t.site.url('next'));
      webContents.send('news', 'loaded');
      await t.seen('page', 'news "loaded"');
    },
    expected: { page: ['sent', 'replied', 'posted', 'loaded'].map((word) => `news "${word}"`) },
  },
];
export default scenarios;
