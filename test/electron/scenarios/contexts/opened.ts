import type { BrowserWindow, IpcRenderer } from 'electron';
import { openChild } from '../../harness/child.ts';
import type { MainKit } from '../../harness/main-kit.ts';
import type { Page } from '../../harness/page.ts';
import type { Scenario } from '../../harness/scenario.ts';

/** Opens a window under a name, which leads to it again. */
function openFrom(t: MainKit, page: Page, url: string): Promise<BrowserWindow> {
  return openChild(t, page, url, { name: 'opened' });
}

/** What a page finds in a window that it opened, where it shares its world with the kit. */
interface Child {
  readonly parityKit: { readonly ipcRenderer: IpcRenderer };
  close(): void;
  location: { href: string };
}

/** `page` keeps the ipcRenderer of its child for later, and waits for an answer through it. */
function waitThroughChild(page: Page): void {
  page.start(async (r) => {
    try {
      const { child } = globalThis as unknown as { child: Child };
      const { ipcRenderer } = child.parityKit;
      r.state.kept = ipcRenderer;
      // The promise is one of the child's; this window looks at it.
      r.log('waited', await ipcRenderer.invoke('wait'));
    } catch (error) {
      r.log('waited in vain', String(error));
    }
  });
}

/** A window that waits, by the ipcRenderer of the window it opened, for an answer of main. */
async function openWaiting(
  t: MainKit,
): Promise<{ page: Page; child: BrowserWindow; answer: (value: unknown) => void }> {
  const answer = t.hold('wait', () => t.log('asked'));
  t.ipcMain.handle('ping', () => 'pong');
  const page = await t.open();
  const child = await openFrom(t, page, t.site.url('opened'));
  await t.onPath(child.webContents.mainFrame, 'ring');
  waitThroughChild(page);
  await t.seen('main', 'asked');
  return { page, child, answer };
}

/** What the kept ipcRenderer of a document that is gone still does. */
async function useKept(page: Page): Promise<void> {
  await page.run(async (r) => {
    const kept = r.state.kept as Record<string, (...args: unknown[]) => unknown>;
    const attempt = (label: string, action: () => unknown): boolean => {
      try {
        action();
        return false;
      } catch (error) {
        r.log(label, String(error)); // an error of the other document's realm
        return true;
      }
    };
    // Main hears of the end before the renderer has taken everything away.
    while (!attempt('send', () => kept.send?.('late', 1))) {
      await new Promise((later) => setTimeout(later, 10));
    }
    attempt('sendSync', () => kept.sendSync?.('late', 1));
    // Its rejection is for nobody: no reaction of a document that is gone runs any more.
    const promise = kept.invoke?.('late', 1) as PromiseLike<unknown> | undefined;
    r.log('invoke', typeof promise?.then);
    attempt('postMessage', () => kept.postMessage?.('late', 1));
    attempt('sendToHost', () => kept.sendToHost?.('late', 1));
    attempt('with a port', () => kept.postMessage?.('late', 1, [new MessageChannel().port1]));
    attempt('bad channel', () => kept.send?.(7, () => {}));
  });
}

/** Another call of the opener shows that nothing else has come until then. */
async function useOwn(page: Page): Promise<void> {
  await page.run((r) => r.attempt('own', () => r.ipcRenderer.invoke('ping')));
}

const released = 'Error: IPC method called after context was released';

/** What comes of useKept and useOwn. */
const usedInVain = [
  `send "${released}"`,
  `sendSync "${released}"`,
  'invoke "function"',
  `postMessage "${released}"`,
  `sendToHost "${released}"`,
  `with a port "${released}"`,
  'bad channel "TypeError: Error processing argument at index 1, conversion failure from "',
  'own resolved "pong"',
];

const scenarios: readonly Scenario[] = [
  {
    name: 'windows that share a process, one opened by the other',
    rows: ['context/shared-process', 'context/window-open'],
    contexts: ['isolated', 'bare', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      t.ipcMain.handle('who', (event) => event.sender === page.webContents);
      t.ipcMain.on('who', (event) => {
        event.returnValue = event.sender === page.webContents;
      });
      t.ipcMain.on('flood', (event, n: number) => {
        if (n === 99) t.log('flood', event.sender === page.webContents);
      });
      const child = await openFrom(t, page, t.site.url('opened'));
      const { mainFrame } = child.webContents;
      t.log('one process', mainFrame.osProcessId === page.webContents.mainFrame.osProcessId);
      await t.onPath(mainFrame, t.context === 'sandboxed' ? 'stock' : 'ring');
      const runners = [page, page.in(mainFrame)];
      for (const runner of runners) {
        await runner.run(async (r) => {
          r.ipcRenderer.on('news', (_event, n) => r.log('news', n));
          const answers = Array.from({ length: 20 }, () => r.ipcRenderer.invoke('who'));
          r.log('sync', r.ipcRenderer.sendSync('who'));
          r.log('invoke', new Set(await Promise.all(answers)));
          for (let n = 0; n < 100; n++) r.ipcRenderer.send('flood', n);
          r.log('sync', r.ipcRenderer.sendSync('who'));
        });
      }
      page.webContents.send('news', 'opener');
      child.webContents.send('news', 'opened');
      await t.seen('page', 'news');
      await t.seen('page>opened', 'news');
    },
    expected: {
      main: ['one process true', 'flood true', 'flood false'],
      page: ['sync true', 'invoke Set(true)', 'sync true', 'news "opener"'],
      'page>opened': ['sync false', 'invoke Set(false)', 'sync false', 'news "opened"'],
    },
  },
  {
    name: 'a window that a page opens on about:blank',
    rows: ['context/about-blank'],
    contexts: ['isolated', 'bare', 'node', 'sandboxed'],
    async main(t) {
      t.ipcMain.handle('double', (_event, n: number) => n * 2);
      t.ipcMain.on('ask', (event, n: number) => {
        event.reply('news', n);
        event.returnValue = n;
      });
      const page = await t.open();
      const child = await openFrom(t, page, 'about:blank');
      const { mainFrame } = child.webContents;
      t.log('at', mainFrame.url);
      await page.in(mainFrame).run(async (r) => {
        const news = new Promise((heard) => {
          r.ipcRenderer.once('news', (_event, n) => heard(n));
        });
        r.log('sync', r.ipcRenderer.sendSync('ask', 1));
        r.log('news', await news);
        r.log('invoke', await r.ipcRenderer.invoke('double', 2));
      });
      await t.onPath(mainFrame, t.context === 'sandboxed' ? 'stock' : 'ring');
    },
    expected: {
      main: ['at "about:blank"'],
      'page>opened': ['sync 1', 'news 1', 'invoke 4'],
    },
  },
  {
    name: 'a window whose opener still holds its ipcRenderer is closed while an invoke waits',
    rows: ['lifetime/released', 'lifetime/close'],
    contexts: ['bare', 'node'],
    async main(t) {
      const { page, child, answer } = await openWaiting(t);
      const gone = t.event(child.webContents, 'destroyed');
      await page.run(() => (globalThis as unknown as { child: Child }).child.close());
      await gone;
      await useKept(page);
      answer('too late');
      await useOwn(page);
    },
    expected: {
      main: ['asked'],
      page: usedInVain,
    },
  },
  {
    name: 'a window whose opener still holds its ipcRenderer goes to another document',
    rows: ['lifetime/released'],
    contexts: ['bare', 'node'],
    async main(t) {
      const { page, child, answer } = await openWaiting(t);
      await child.webContents.loadURL(t.site.url('next'));
      await t.onPath(child.webContents.mainFrame, 'ring');
      await useKept(page);
      answer('too late');
      await useOwn(page);
      const next = page.in(child.webContents.mainFrame);
      await next.run((r) => r.attempt('ping', () => r.ipcRenderer.invoke('ping')));
    },
    expected: {
      main: ['asked'],
      page: usedInVain,
      'page>opened': ['ping resolved "pong"'],
    },
  },
  {
    name: 'what a document sends when its Node.js is taken away',
    rows: ['lifetime/exit-event'],
    contexts: ['isolated', 'bare', 'node'],
    async main(t) {
      let flood = 0;
      t.ipcMain.on('flood', () => flood++);
      t.ipcMain.on('last', (_event, n) => t.log('last', n, 'after', flood));
      t.ipcMain.on('ask', (event) => {
        t.log('asked');
        event.returnValue = 'answered';
      });
      t.ipcMain.handle('ping', () => t.log('ping'));
      const page = await t.open({
        preload: (r) => {
          process.once('exit', () => {
            for (const n of [1, 2, 3]) r.ipcRenderer.send('last', n);
            r.ipcRenderer.sendSync('ask');
          });
          window.addEventListener('unload', () => {
            for (let n = 0; n < 5000; n++) r.ipcRenderer.send('flood', n, 'x'.repeat(100));
          });
        },
      });
      await page.load(t.site.url('next'));
      await page.run((r) => r.ipcRenderer.invoke('ping'));
    },
    expected: {
      main: [...[1, 2, 3].map((n) => `last ${n} "after" 5000`), 'asked', 'ping'],
    },
  },
];
export default scenarios;
