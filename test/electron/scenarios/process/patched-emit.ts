import { EventEmitter } from 'node:events';
import type { MainKit } from '../../harness/main-kit.ts';
import type { Page } from '../../harness/page.ts';
import { everywhere, type Scenario } from '../../harness/scenario.ts';

type Emit = (this: unknown, name: string | symbol, ...args: unknown[]) => boolean;
type Patched = { emit: Emit };

/** What an application gives a WebContents for its `emit`. */
const patches: Readonly<Record<string, (contents: Patched) => void>> = {
  bound(contents) {
    contents.emit = contents.emit.bind(contents);
  },
  'wrapped around the one before'(contents) {
    const { emit } = contents;
    contents.emit = function (...args) {
      return emit.apply(this, args);
    };
  },
  "wrapped around Node's own"(contents) {
    contents.emit = (...args) => Reflect.apply(EventEmitter.prototype.emit, contents, args);
  },
  'behind an accessor'(contents) {
    const emit = contents.emit.bind(contents);
    Object.defineProperty(contents, 'emit', { configurable: true, get: () => emit });
  },
};

async function open(t: MainKit): Promise<Page> {
  t.ipcMain.on('tell', (event, n) => event.reply('back', n));
  t.ipcMain.on('ask', (event, n: number) => {
    event.returnValue = n + 1;
  });
  t.ipcMain.handle('call', (_event, n: number) => n + 2);
  return t.open({
    preload: (r) => {
      r.ipcRenderer.on('back', (_event, n) => r.lane('heard').log('back', n));
      r.ipcRenderer.on('news', (_event, n) => r.lane('heard').log('news', n));
      r.log('early', r.ipcRenderer.sendSync('ask', 0));
    },
  });
}

async function talk(t: MainKit, page: Page, n: number): Promise<void> {
  await page.run(async (r, n) => {
    r.ipcRenderer.send('tell', n);
    r.log('ask', r.ipcRenderer.sendSync('ask', n));
    r.log('call', await r.ipcRenderer.invoke('call', n));
  }, n);
  await t.seen('page:heard', `back ${n}`);
  page.webContents.send('news', n);
  await t.seen('page:heard', `news ${n}`);
}

/** Two documents, and what is sent while the second one takes the place of the first. */
async function visit(t: MainKit, page: Page, n: number): Promise<void> {
  await talk(t, page, n);
  page.webContents.once('did-start-navigation', () => page.webContents.send('news', n + 1));
  await page.load(t.site.url('next'));
  await talk(t, page, n + 2);
}

/** What {@link visit} makes a page hear. */
function visited(n: number): { page: string[]; 'page:heard': string[] } {
  return {
    page: [`ask ${n + 1}`, `call ${n + 2}`, 'early 1', `ask ${n + 3}`, `call ${n + 4}`],
    'page:heard': [`back ${n}`, `news ${n}`, `news ${n + 1}`, `back ${n + 2}`, `news ${n + 2}`],
  };
}

const expected = {
  page: ['early 1', ...visited(10).page],
  'page:heard': visited(10)['page:heard'],
};

const atFirst = Object.entries(patches).map(
  ([title, patch]): Scenario => ({
    name: `windows whose emit was ${title} before ringwire heard of them`,
    rows: ['register/patched-emit'],
    contexts: everywhere,
    beforeRegister({ electron }) {
      electron.app.on('web-contents-created', (_event, contents) => patch(contents as never));
    },
    async main(t) {
      await visit(t, await open(t), 10);
    },
    expected,
  }),
);

const scenarios: readonly Scenario[] = [
  ...atFirst,
  {
    // Others ask to join, and Electron says of that question that nobody listens: troubles.test.ts.
    name: 'the emit of a window is replaced while a document is there',
    rows: ['register/patched-emit'],
    contexts: ['sandboxed'],
    async main(t) {
      const page = await open(t);
      patches["wrapped around Node's own"]?.(page.webContents as never);
      await page.load(t.site.url('next'));
      await visit(t, page, 10);
    },
    expected: { ...expected, page: ['early 1', ...expected.page] },
  },
];
export default scenarios;
