import { openChild } from '../../harness/child.ts';
import type { MainKit } from '../../harness/main-kit.ts';
import type { Page } from '../../harness/page.ts';
import type { Scenario } from '../../harness/scenario.ts';

/** Documents that come and go in one run: each end is a moment at which a message may be lost. */
const rounds = 12;

/** Lets calls of the page and pushes of main follow each other until the result is called. */
async function flood(t: MainKit, page: Page): Promise<() => Promise<void>> {
  let sent = 0;
  t.ipcMain.handle('more', (event) => {
    for (let n = 0; n < 10; n++) event.sender.send('push', sent++, 'x'.repeat(200));
  });
  t.ipcMain.handle('last', (event) => event.sender.send('end', sent));
  await page.run((r) => {
    const { ipcRenderer, state } = r;
    const counts = { pushes: 0, inOrder: true, calls: 0, answers: 0, stopped: false };
    state.counts = counts;
    ipcRenderer.on('push', (_event, n) => {
      counts.inOrder &&= n === counts.pushes;
      counts.pushes++;
    });
    const call = async () => {
      while (!counts.stopped) {
        counts.calls++;
        await ipcRenderer.invoke('more');
        counts.answers++;
      }
    };
    for (let n = 0; n < 20; n++) void call();
  });
  return () =>
    page.run(async ({ ipcRenderer, log, state }) => {
      const counts = state.counts as Record<string, number | boolean>;
      counts.stopped = true;
      const end = new Promise<number>((resolve) => {
        ipcRenderer.once('end', (_event, sent) => resolve(sent));
      });
      await ipcRenderer.invoke('last');
      log('pushes missing', (await end) - Number(counts.pushes), 'in order', counts.inOrder);
      log('answers missing', Number(counts.calls) - Number(counts.answers));
    });
}

const nothingMissing = { page: ['pushes missing 0 "in order" true', 'answers missing 0'] };

const scenarios: readonly Scenario[] = [
  {
    name: 'a page in a flood of messages closes windows that share its process',
    rows: ['lifetime/neighbours', 'context/shared-process'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      const end = await flood(t, page);
      for (let n = 0; n < rounds; n++) {
        const child = await openChild(t, page, t.site.url('child'));
        const gone = t.event(child.webContents, 'destroyed');
        await page.runInPage(() => (globalThis as unknown as { child: Window }).child.close());
        await gone;
      }
      await end();
    },
    expected: nothingMissing,
  },
  {
    name: 'a page in a flood of messages removes frames that have Node.js',
    rows: ['lifetime/neighbours', 'context/sub-frames'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open({
        webPreferences: { nodeIntegrationInSubFrames: true },
        preload: () => {
          if (window === window.top || process.sandboxed) return;
          // Node waits for it before it takes the frame's environment away.
          require('node:crypto').pbkdf2('', '', 20_000, 64, 'sha512', () => {});
        },
      });
      const end = await flood(t, page);
      for (let n = 0; n < rounds; n++) {
        await page.runInPage(async (url) => {
          const frame = document.createElement('iframe');
          frame.src = url;
          const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
          document.body.append(frame);
          await loaded;
          frame.remove();
        }, t.site.url('frame'));
      }
      await end();
    },
    expected: nothingMissing,
  },
  {
    name: 'a window goes on when the one that opened it is closed',
    rows: ['lifetime/neighbours', 'context/shared-process'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      const child = await openChild(t, page, t.site.url('child'), { outlivesOpener: true });
      const inChild = page.in(child.webContents.mainFrame);
      await inChild.run(({ ipcRenderer, state }) => {
        state.heard = [];
        ipcRenderer.on('news', (_event, n) => (state.heard as number[]).push(n));
      });
      const gone = t.event(page.webContents, 'destroyed');
      page.window.destroy();
      await gone;
      let sent = 0;
      t.ipcMain.handle('more', () => {
        for (let n = 0; n < 10; n++) child.webContents.send('news', sent++);
        return sent;
      });
      for (let n = 0; n < rounds; n++) {
        child.webContents.send('news', sent++);
        t.log('answer', await inChild.run(({ ipcRenderer }) => ipcRenderer.invoke('more')));
      }
      const bulk: number[] = [];
      t.ipcMain.on('bulk', (_event, n: number) => bulk.push(n));
      const bulkIsHere = t.received('bulk is sent');
      // More than the ring of a window holds.
      await inChild.run(({ ipcRenderer }) => {
        for (let n = 0; n < 20; n++) ipcRenderer.send('bulk', n, 'x'.repeat(100_000));
        ipcRenderer.send('bulk is sent');
      });
      await bulkIsHere;
      t.log(
        'bulk',
        bulk.length,
        'in order',
        bulk.every((n, at) => n === at),
      );
      t.ipcMain.on('tell me the last', (event) => event.reply('last'));
      t.ipcMain.on('all', (_event, heard: number[]) => {
        t.log(
          'heard',
          heard.length,
          'in order',
          heard.every((n, at) => n === at),
        );
      });
      const all = t.received('all');
      await inChild.run(async ({ ipcRenderer, state }) => {
        const heard = state.heard as number[];
        const last = new Promise<void>((resolve) => ipcRenderer.on('last', () => resolve()));
        ipcRenderer.send('tell me the last');
        await last;
        ipcRenderer.send('all', heard);
      });
      await all;
    },
    expected: {
      main: [
        ...Array.from({ length: rounds }, (_, n) => `answer ${11 * (n + 1)}`),
        'bulk 20 "in order" true',
        `heard ${11 * rounds} "in order" true`,
      ],
    },
  },
  {
    name: 'a frame removes itself while it hears a message',
    rows: ['lifetime/neighbours', 'lifetime/frame-removed'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open({
        webPreferences: { nodeIntegrationInSubFrames: true },
        preload: ({ ipcRenderer, lane }) => {
          if (window === window.top) return;
          const note = lane('frame');
          ipcRenderer.on('go', (_event, n) => {
            note.log('go', n);
            window.frameElement?.remove();
          });
          ipcRenderer.send('ready');
        },
      });
      t.ipcMain.on('ready', (event) => {
        for (let n = 0; n < 3; n++) event.reply('go', n);
      });
      t.ipcMain.handle('ping', () => 'pong');
      for (let n = 0; n < rounds; n++) {
        await page.runInPage(async (url) => {
          const frame = document.createElement('iframe');
          frame.src = url;
          document.body.append(frame);
          await new Promise<void>((removed) => {
            new MutationObserver(() => {
              if (!frame.isConnected) removed();
            }).observe(document.body, { childList: true });
          });
        }, t.site.url('frame'));
        await page.run((r) => r.attempt('ping', () => r.ipcRenderer.invoke('ping')));
      }
    },
    expected: { page: new Array(rounds).fill('ping resolved "pong"') },
  },
];
export default scenarios;
