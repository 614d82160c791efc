import { hasRendererClass, ownKeysOfIpcRenderer } from '../../expected/by-version.ts';
import { everywhere, type Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'listeners of ipcRenderer come and go',
    rows: ['renderer/listeners'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      await page.run((r) => {
        const { ipcRenderer } = r;
        const named = (name: string) => (_event: unknown, n: number) => r.log(name, n);
        const removed = named('removed');
        ipcRenderer.on('news', named('on'));
        ipcRenderer.addListener('news', named('addListener'));
        ipcRenderer.once('news', named('once'));
        ipcRenderer.on('news', removed);
        ipcRenderer.on('news', (_event, n) => {
          if (n === 1) ipcRenderer.removeListener('news', removed);
          if (n === 3) ipcRenderer.removeAllListeners('news');
        });
        ipcRenderer.on('count', () => {
          r.log('left', ipcRenderer.listenerCount('news'), ipcRenderer.eventNames());
          ipcRenderer.removeAllListeners();
          r.log('none', ipcRenderer.eventNames());
        });
        r.log('at first', ipcRenderer.listenerCount('news'), ipcRenderer.eventNames());
      });
      for (const n of [1, 2, 3, 4]) page.webContents.send('news', n);
      page.webContents.send('count');
      page.webContents.send('count');
      await t.seen('page', 'none');
    },
    expected: {
      page: [
        'at first 5 Array(2)["news", "count"]',
        'on 1',
        'addListener 1',
        'once 1',
        'removed 1',
        'on 2',
        'addListener 2',
        'on 3',
        'addListener 3',
        'left 0 Array(1)["count"]',
        'none Array(0)[]',
      ],
    },
  },
  {
    name: 'listeners of ipcMain come and go',
    rows: ['main/listeners'],
    contexts: ['isolated', 'node'],
    async main(t) {
      const { ipcMain } = t;
      const named = (name: string) => (_event: unknown, n: number) => t.log(name, n);
      const removed = named('removed');
      ipcMain.on('news', named('on'));
      ipcMain.addListener('news', named('addListener'));
      ipcMain.once('news', named('once'));
      ipcMain.prependListener('news', named('prepended'));
      ipcMain.on('news', removed);
      ipcMain.on('news', (_event, n: number) => {
        if (n === 1) ipcMain.off('news', removed);
        if (n === 3) ipcMain.removeAllListeners('news');
      });
      const ended = t.received('end');
      const page = await t.open();
      await page.run((r) => {
        for (const n of [1, 2, 3, 4]) r.ipcRenderer.send('news', n);
        r.ipcRenderer.send('end');
      });
      await ended;
    },
    expected: {
      main: [
        'prepended 1',
        'on 1',
        'addListener 1',
        'once 1',
        'removed 1',
        'prepended 2',
        'on 2',
        'addListener 2',
        'prepended 3',
        'on 3',
        'addListener 3',
      ],
    },
  },
  {
    name: 'the methods of ipcRenderer and ipcMain work without their object',
    rows: ['renderer/unbound', 'main/unbound'],
    contexts: everywhere,
    async main(t) {
      const { handle, handleOnce } = t.ipcMain;
      handle('handled', () => 'handled');
      handleOnce('once', () => 'once');
      t.ipcMain.on('sent', (event, n) => {
        t.log('sent', n);
        event.returnValue = 'returned';
      });
      t.ipcMain.on('posted', (_event, message) => t.log('posted', message));
      const page = await t.open();
      await page.run(async (r) => {
        const { send, sendSync, invoke, postMessage, sendToHost } = r.ipcRenderer;
        r.log('send', send('sent', 1));
        r.log('sendSync', sendSync('sent', 2));
        r.log('postMessage', postMessage('posted', 3));
        r.log('sendToHost', sendToHost('nowhere', 4));
        r.log('invoke', await invoke('handled'), await invoke('once'));
      });
    },
    expected: {
      main: ['sent 1', 'sent 2', 'posted 3'],
      page: [
        'send undefined',
        'sendSync "returned"',
        'postMessage undefined',
        'sendToHost undefined',
        'invoke "handled" "once"',
      ],
    },
  },
  {
    name: 'what ipcRenderer and ipcMain look like',
    rows: ['renderer/shape', 'main/shape'],
    contexts: everywhere,
    async main(t) {
      t.log('ipcMain', t.ipcMain.eventNames(), Object.keys(t.ipcMain).sort());
      const page = await t.open();
      await page.run((r) => {
        r.log('keys', Object.keys(r.ipcRenderer));
        r.log('all', Object.getOwnPropertyNames(r.ipcRenderer));
        for (const name of ['send', 'sendSync', 'invoke', 'postMessage', 'on', 'emit'] as const) {
          const method = r.ipcRenderer[name] as { name: string; length: number };
          r.log(name, method.name, method.length);
        }
        r.log('type', Object.getPrototypeOf(r.ipcRenderer)?.constructor?.name);
        for (const name of ['sendTo', 'sendToHost']) r.log(name, name in r.ipcRenderer);
      });
    },
    expected: (_context, electron) => {
      const keys = ownKeysOfIpcRenderer(electron).map((key) => `"${key}"`);
      const list = `Array(${keys.length})[${keys.join(', ')}]`;
      const ofClass = hasRendererClass(electron);
      const sending = ['send', 'sendSync', 'invoke', 'postMessage'].map((name) => {
        return `${name} "${ofClass ? name : ''}" ${name === 'postMessage' ? 3 : 1}`;
      });
      return {
        main: [
          'ipcMain Array(1)["error"] Array(6)["_events", "_eventsCount", "_invokeHandlers", "_maxListeners", "handle", "handleOnce"]',
        ],
        page: [
          ...[`keys ${list}`, `all ${list}`, ...sending],
          ...['on "addListener" 2', 'emit "emit" 1'],
          `type "${ofClass ? 'IpcRenderer' : 'EventEmitter'}"`,
          ...[`sendTo ${electron < 28}`, 'sendToHost true'],
        ],
      };
    },
  },
];
export default scenarios;
