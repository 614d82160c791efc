import { ownKeysOfIpcRenderer } from '../../expected/by-version.ts';
import { contexts, everywhere, type Scenario } from '../../harness/scenario.ts';

const listOf = (names: readonly string[]): string =>
  `Array(${names.length})[${names.map((name) => `"${name}"`).join(', ')}]`;

const scenarios: readonly Scenario[] = [
  {
    name: 'a page reaches ipcRenderer through contextBridge',
    rows: ['context/bridge'],
    contexts: ['isolated', 'sandboxed'],
    async main(t) {
      t.ipcMain.handle('add', (_event, a: number, b: number) => a + b);
      t.ipcMain.on('ask', (event, value: unknown) => {
        event.returnValue = [value];
      });
      t.ipcMain.on('tell', (event, ...args: unknown[]) => {
        t.log('told', args);
        event.reply('news', ...args);
      });
      const page = await t.open({
        preload: (r) => {
          const { invoke, sendSync, send, on } = r.ipcRenderer;
          r.electron.contextBridge.exposeInMainWorld('api', {
            add: (a: number, b: number) => invoke('add', a, b),
            ask: (value: unknown) => sendSync('ask', value),
            tell: (...args: unknown[]) => send('tell', ...args),
            onNews: (listener: (...args: unknown[]) => void) => {
              on.call(r.ipcRenderer, 'news', (_event, ...args) => listener(...args));
            },
            methods: r.ipcRenderer,
          });
        },
      });
      interface Api {
        add(a: number, b: number): Promise<number>;
        ask(value: unknown): unknown;
        tell(...args: unknown[]): void;
        onNews(listener: (...args: unknown[]) => void): void;
        methods: Record<string, unknown>;
      }
      const seen = await page.runInPage(async () => {
        const { api } = globalThis as unknown as { api: Api };
        const news = new Promise<unknown[]>((resolve) => {
          api.onNews((...args) => resolve(args));
        });
        api.tell('a', { b: [1] });
        const error = await api.add(Number.NaN, 1).then(String);
        return [
          await api.add(1, 2),
          api.ask({ a: 1 }),
          await news,
          error,
          typeof (globalThis as { require?: unknown }).require,
          Object.keys(api.methods),
        ];
      });
      t.log('seen', seen);
    },
    expected: (_context, electron) => ({
      main: [
        'told Array(2)["a", Object {b: Array(1)[1]}]',
        `seen Array(6)[3, Array(1)[Object {a: 1}], Array(2)["a", Object {b: Array(1)[1]}], "NaN", "undefined", ${listOf(ownKeysOfIpcRenderer(electron))}]`,
      ],
    }),
  },
  {
    name: 'with nodeIntegration the page itself requires electron',
    rows: ['context/node-integration'],
    contexts: ['node'],
    async main(t) {
      t.ipcMain.handle('add', (_event, a: number, b: number) => a + b);
      t.ipcMain.on('ask', (event, value: unknown) => {
        event.returnValue = [value];
      });
      const page = await t.open();
      await page.runInPage(() => {
        const { ipcRenderer } = require('electron') as typeof import('electron');
        ipcRenderer.on('news', async (_event, n) => {
          const sum = await ipcRenderer.invoke('add', n, 1);
          ipcRenderer.send('done', sum, ipcRenderer.sendSync('ask', sum));
        });
      });
      const done = t.received('done');
      page.webContents.send('news', 41);
      t.log('done', await done);
    },
    expected: { main: ['done Array(2)[42, Array(1)[42]]'] },
  },
  {
    name: 'a page with nodeIntegration and no preload at all',
    rows: ['context/no-preload'],
    contexts: ['node'],
    async main(t) {
      const { BrowserWindow } = t.electron;
      t.ipcMain.handle('add', (_event, a: number, b: number) => a + b);
      const window = new BrowserWindow({ show: false, webPreferences: contexts.node });
      const done = t.received('done');
      const body = `<script>
        const { ipcRenderer } = require('electron');
        ipcRenderer.invoke('add', 1, 2).then((sum) => ipcRenderer.send('done', sum));
      </script>`;
      await window.loadURL(t.site.url(body));
      t.log('done', await done);
    },
    expected: { main: ['done Array(1)[3]'] },
  },
  {
    name: 'windows of all kinds next to each other, each with its own sender',
    rows: ['context/several-windows', 'context/sandboxed'],
    async main(t) {
      const pages = await Promise.all(
        everywhere.map((context) => t.open({ name: context, context })),
      );
      const nameOf = (sender: Electron.WebContents): string | undefined =>
        pages.find(({ webContents }) => webContents === sender)?.name;
      t.ipcMain.handle('who', (event) => nameOf(event.sender));
      t.ipcMain.on('who', (event) => {
        event.returnValue = nameOf(event.sender);
        event.reply('reply', nameOf(event.sender));
      });
      for (const page of pages) {
        await page.run(async (r) => {
          r.ipcRenderer.on('reply', (_event, name) => r.lane('reply').log('reply', name));
          r.ipcRenderer.send('who');
          r.log('sync', r.ipcRenderer.sendSync('who'));
          r.log('invoke', await r.ipcRenderer.invoke('who'));
        });
        page.webContents.send('reply', 'all');
        await t.seen(`${page.name}:reply`, 'reply "all"');
      }
    },
    expected: Object.fromEntries(
      everywhere.flatMap((name) => [
        [name, [`sync "${name}"`, `invoke "${name}"`]],
        [`${name}:reply`, [`reply "${name}"`, `reply "${name}"`, 'reply "all"']],
      ]),
    ),
  },
  {
    name: 'windows of sessions that are made later',
    rows: ['context/sessions'],
    contexts: everywhere,
    async main(t) {
      const { session } = t.electron;
      const partitions = ['persist:kept', 'in memory', `fresh ${t.context}`];
      const names = ['kept', 'memory', 'fresh'];
      t.ipcMain.handle('partition', (event) => {
        const own = partitions.map((name) => session.fromPartition(name));
        return own.indexOf(event.sender.session);
      });
      t.ipcMain.on('sync', (event, n: number) => {
        event.returnValue = n + own(event.sender.session);
      });
      const own = (one: Electron.Session): number =>
        partitions.findIndex((name) => session.fromPartition(name) === one);
      for (const [n, partition] of partitions.entries()) {
        const page = await t.open({ name: names[n] ?? '', webPreferences: { partition } });
        await page.run(async (r) => {
          r.ipcRenderer.on('news', (_event, text) => r.log('news', text));
          r.log('partition', await r.ipcRenderer.invoke('partition'));
          r.log('sync', r.ipcRenderer.sendSync('sync', 10));
        });
        page.webContents.send('news', partition.slice(0, 5));
        await t.seen(names[n] ?? '', 'news');
      }
    },
    expected: {
      kept: ['partition 0', 'sync 10', 'news "persi"'],
      memory: ['partition 1', 'sync 11', 'news "in me"'],
      fresh: ['partition 2', 'sync 12', 'news "fresh"'],
    },
  },
  {
    name: 'preloads that the application gives its sessions run as well',
    rows: ['context/session-preloads'],
    contexts: everywhere,
    versions: { to: 34, why: 'later sessions register preload scripts' },
    async main(t) {
      const { session } = t.electron;
      const partition = `with preloads ${t.context}`;
      const own = session.fromPartition(partition);
      t.log('at first', own.getPreloads().length);
      const file = t.file(
        'session-preload.js',
        [
          "const { ipcRenderer } = require('electron');",
          "ipcRenderer.send('from the session preload');",
          "ipcRenderer.on('news', (_event, n) => ipcRenderer.send('heard', n));",
        ].join('\n'),
      );
      own.setPreloads([file]);
      t.log('own', own.getPreloads().length, own.getPreloads()[0] === file);
      const sent = t.received('from the session preload');
      const page = await t.open({ webPreferences: { partition } });
      await sent;
      const heard = t.received('heard');
      page.webContents.send('news', 1);
      t.log('heard', await heard);
      own.setPreloads([]);
      t.log('none', own.getPreloads());
    },
    expected: {
      main: ['at first 0', 'own 1 true', 'heard Array(1)[1]', 'none Array(0)[]'],
    },
  },
  {
    name: 'a strict content security policy changes nothing',
    rows: ['context/policy'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.handle('add', (_event, a: number, b: number) => a + b);
      t.ipcMain.on('ask', (event, value: unknown) => {
        event.returnValue = { value };
      });
      const headers = { 'content-security-policy': "default-src 'none'" };
      const page = await t.open({
        url: t.site.url('strict', { headers }),
        preload: async (r) => {
          r.ipcRenderer.on('news', (_event, value) => r.log('news', value));
          r.log('ask', r.ipcRenderer.sendSync('ask', new Map([[1, { a: [1n] }]])));
          r.log('add', await r.ipcRenderer.invoke('add', 1, 2));
        },
      });
      page.webContents.send('news', { deep: [new Date(0), new Set(['a'])] });
      await t.seen('page', 'news');
      await t.seen('page', 'add');
    },
    expected: {
      page: [
        'ask Object {value: Map(1 => Object {a: Array(1)[1n]})}',
        'add 3',
        'news Object {deep: Array(2)[Date(1970-01-01T00:00:00.000Z), Set("a")]}',
      ],
    },
  },
];
export default scenarios;
