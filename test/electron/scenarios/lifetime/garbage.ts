import type { BrowserWindow, WebFrameMain } from 'electron';
import type { MainKit } from '../../harness/main-kit.ts';
import type { Page } from '../../harness/page.ts';
import { contexts, type Scenario } from '../../harness/scenario.ts';

const rounds = 2;

/** More than this much for each of the reloads, and it would be memory that stays. */
const reloads = 10;
const noise = 100_000;

function isGone(reference: WeakRef<object>): boolean {
  return reference.deref() === undefined;
}

/** Answers what the preload of a window asks in every way. */
function answer(t: MainKit): void {
  t.ipcMain.on('ask', (event) => {
    event.returnValue = event.sender.id;
  });
  t.ipcMain.handle('double', (_event, n: number) => n * 2);
  t.ipcMain.handle('never', () => new Promise(() => {}));
}

const preload = `
  const { ipcRenderer } = require('electron');
  ipcRenderer.on('news', (_event, n) => ipcRenderer.send('heard', n));
  ipcRenderer.sendSync('ask');
  ipcRenderer.invoke('never');
  if (ipcRenderer.sendTo) ipcRenderer.sendTo(1, 'to nobody');
  for (let n = 0; n < 20; n++) ipcRenderer.invoke('double', n);
`;

/** A window that the harness does not know, and so does not hold. */
async function openUnheld(t: MainKit, file: string): Promise<BrowserWindow> {
  const window = new t.electron.BrowserWindow({
    show: false,
    webPreferences: { ...contexts[t.context], preload: file },
  });
  await window.loadURL(t.site.url());
  await t.onPath(window.webContents.mainFrame, t.context === 'sandboxed' ? 'stock' : 'ring');
  for (let n = 0; n < 20; n++) window.webContents.send('news', n);
  for (let n = 0; n < 20; n++) await t.received('heard');
  return window;
}

async function openAndClose(
  t: MainKit,
  file: string,
  how: 'close' | 'destroy',
): Promise<WeakRef<object>[]> {
  const window = await openUnheld(t, file);
  const { webContents } = window;
  const references = [window, webContents, webContents.mainFrame].map((each) => new WeakRef(each));
  const gone = t.event(webContents, 'destroyed');
  window[how]();
  await gone;
  return references;
}

async function addFrame(t: MainKit, page: Page): Promise<WeakRef<object>> {
  await page.runInPage(async (url) => {
    const frame = document.createElement('iframe');
    frame.src = url;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    document.body.append(frame);
    await loaded;
  }, t.site.url('frame'));
  const [, frame] = page.webContents.mainFrame.framesInSubtree as [WebFrameMain, WebFrameMain];
  await t.onPath(frame, t.context === 'sandboxed' ? 'stock' : 'ring');
  frame.send('news', 1);
  return new WeakRef(frame);
}

const scenarios: readonly Scenario[] = [
  {
    name: 'closed windows are collected as garbage',
    rows: ['lifetime/garbage'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      answer(t);
      const file = t.file('garbage.js', preload);
      const references: WeakRef<object>[] = [];
      for (let n = 0; n < rounds; n++) {
        references.push(...(await openAndClose(t, file, 'destroy')));
        references.push(...(await openAndClose(t, file, 'close')));
      }
      await t.collectUntil(() => references.every(isGone));
      t.log('collected', references.length);
    },
    expected: { main: [`collected ${rounds * 6}`] },
  },
  {
    name: 'a reload leaves no memory behind in main',
    rows: ['lifetime/garbage', 'lifetime/reload'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      answer(t);
      const window = await openUnheld(t, t.file('garbage.js', preload));
      const reload = async (): Promise<void> => {
        const loaded = t.event(window.webContents, 'did-stop-loading');
        window.webContents.reload();
        await loaded;
        window.webContents.send('news', 1);
        await t.received('heard');
      };
      const external = (): number => process.memoryUsage().external;
      let least = external();
      for (let n = 0; n < 3; n++) await reload();
      for (let n = 0; n < 20; n++) {
        await t.collectUntil(() => true);
        least = Math.min(least, external());
      }
      for (let n = 0; n < reloads; n++) await reload();
      await t.collectUntil(() => external() < least + noise);
      window.destroy();
      t.log('given back');
    },
    expected: { main: ['given back'] },
  },
  {
    name: 'frames that a page removes are collected as garbage',
    rows: ['lifetime/garbage', 'lifetime/frame-removed'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      answer(t);
      const page = await t.open({
        webPreferences: { nodeIntegrationInSubFrames: true },
        preload: ({ ipcRenderer }) => {
          ipcRenderer.sendSync('ask');
          for (let n = 0; n < 20; n++) ipcRenderer.invoke('double', n);
        },
      });
      const references: WeakRef<object>[] = [];
      for (let n = 0; n < rounds; n++) {
        references.push(await addFrame(t, page));
        await page.runInPage(() => document.querySelector('iframe')?.remove());
      }
      await t.collectUntil(() => references.every(isGone));
      t.log('collected', references.length);
      // What still lives is held by Electron alone.
      await page.run(async (r) => {
        const calls = Array.from({ length: 20 }, (_, n) => r.ipcRenderer.invoke('double', n));
        r.log('answered', (await Promise.all(calls)).length);
      });
    },
    expected: { main: [`collected ${rounds}`], page: ['answered 20'] },
  },
];
export default scenarios;
