import type { MainKit } from '../../harness/main-kit.ts';
import type { Page } from '../../harness/page.ts';
import { everywhere, type Scenario } from '../../harness/scenario.ts';

/** More messages than a task may deliver if their listener is slow. */
const burst = 200;

/** Where a burst has certainly begun: its first messages travel alone. */
const begun = 50;

/** Opens a page that says what came before the end of a burst, and whose `heard` takes its time. */
async function openWatching(t: MainKit): Promise<Page> {
  const page = await t.open();
  page.window.show();
  await page.run(
    async (r, burst, begun) => {
      const drawn = (): Promise<unknown> => new Promise((next) => requestAnimationFrame(next));
      await drawn();
      let heard = 0;
      let frames = 0;
      const count = async (): Promise<void> => {
        while (heard < burst) {
          await drawn();
          if (heard > begun && heard < burst) frames++;
        }
      };
      void count();
      r.state.heard = (): void => {
        const end = performance.now() + 5;
        while (performance.now() < end);
        if (++heard === burst) r.log('drawn before the last of', heard, frames > 0);
      };
    },
    burst,
    begun,
  );
  return page;
}

const scenarios: readonly Scenario[] = [
  {
    name: 'a page is drawn while it is busy with the messages of a burst',
    rows: ['load/alive'],
    async main(t) {
      const page = await openWatching(t);
      await page.run((r) => {
        r.ipcRenderer.on('message', r.state.heard as () => void);
      });
      for (let n = 0; n < burst; n++) page.webContents.send('message', n);
      await t.seen('page', 'drawn');
    },
    expected: { page: [`drawn before the last of ${burst} true`] },
  },
  {
    name: 'a page is drawn while it is busy with the answers of a burst',
    rows: ['load/alive'],
    async main(t) {
      t.ipcMain.handle('ask', (_event, n: number) => n);
      const page = await openWatching(t);
      page.start(async (r, burst) => {
        const calls = Array.from({ length: burst }, (_, n) => r.ipcRenderer.invoke('ask', n));
        await Promise.all(calls.map((call) => call.then(r.state.heard as () => void)));
      }, burst);
      await t.seen('page', 'drawn');
    },
    expected: { page: [`drawn before the last of ${burst} true`] },
  },
  {
    name: 'the mouse reaches windows while main is busy with the messages of a burst',
    rows: ['load/alive'],
    async main(t) {
      // Both lie under the mouse, wherever that is: it leaves the one that the other covers.
      const { x, y } = t.electron.screen.getCursorScreenPoint();
      const bounds = { x: Math.max(x - 150, 0), y: Math.max(y - 100, 0), width: 300, height: 200 };
      const page = await t.open();
      const cover = await t.open({ name: 'cover' });
      for (const { window } of [page, cover]) window.setBounds(bounds);
      const mouse = (...types: string[]): Promise<void> =>
        new Promise((resolve) => {
          page.webContents.on('input-event', (_event, { type }) => {
            if (types.includes(type)) resolve();
          });
        });
      const entered = mouse('mouseEnter', 'mouseMove');
      page.window.show();
      await entered;
      let heard = 0;
      t.ipcMain.on('message', () => {
        const end = performance.now() + 5;
        while (performance.now() < end);
        if (++heard === begun) cover.window.show();
      });
      const left = mouse('mouseLeave').then(() =>
        t.log('the mouse left before the last message', heard < burst),
      );
      page.start((r, burst) => {
        for (let n = 0; n < burst; n++) r.ipcRenderer.send('message', n);
      }, burst);
      await left;
    },
    expected: { main: ['the mouse left before the last message true'] },
  },
  {
    name: 'a burst that main takes long to hear keeps its place, and is heard before its document ends',
    rows: ['load/alive', 'order/mixed', 'lifetime/reload'],
    contexts: everywhere,
    async main(t) {
      const seen: string[] = [];
      const hear = (what: string) => {
        const end = performance.now() + 1;
        while (performance.now() < end);
        seen.push(what);
      };
      t.ipcMain.on('send', (_event, n: number) => hear(`${n}`));
      t.ipcMain.on('post', (event, n: number) => hear(`${n} with ${event.ports.length}`));
      t.ipcMain.handle('invoke', (_event, n: number) => hear(`${n} asked`));
      t.ipcMain.on('sync', (event, n: number) => {
        hear(`${n} sync`);
        event.returnValue = n;
      });
      const page = await t.open();
      // What is in a ring then is heard later.
      if (t.context === 'sandboxed') {
        page.webContents.on('did-navigate', () => seen.push('another document'));
      }
      const gone = t.event(page.webContents, 'did-finish-load');
      page.start((r) => {
        for (let n = 0; n < 60; n++) r.ipcRenderer.send('send', n);
        r.ipcRenderer.postMessage('post', 60, [new MessageChannel().port1]);
        for (let n = 61; n < 120; n++) r.ipcRenderer.invoke('invoke', n).catch(() => {});
        r.ipcRenderer.sendSync('sync', 120);
        for (let n = 121; n < 180; n++) r.ipcRenderer.send('send', n);
        location.reload();
      });
      await gone;
      t.log('heard', seen.join(' '));
      const closed = t.event(page.webContents, 'destroyed');
      seen.length = 0;
      page.start((r) => {
        for (let n = 0; n < 60; n++) r.ipcRenderer.send('send', n);
        window.close();
      });
      await closed;
      t.log('heard', seen.join(' '));
    },
    expected: (context) => {
      const others: Readonly<Record<number, string>> = { 60: '60 with 1', 120: '120 sync' };
      const first = Array.from({ length: 180 }, (_, n) => {
        return others[n] ?? (n > 60 && n < 120 ? `${n} asked` : `${n}`);
      });
      if (context === 'sandboxed') first.push('another document');
      const second = Array.from({ length: 60 }, (_, n) => n);
      return { main: [first, second].map((heard) => `heard ${JSON.stringify(heard.join(' '))}`) };
    },
  },
];
export default scenarios;
