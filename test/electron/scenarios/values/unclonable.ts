import { everywhere, type Scenario } from '../../harness/scenario.ts';
import { unclonable } from '../../harness/values/values.ts';

const refused = 'Error("Error: An object could not be cloned.")';
const names = Object.keys(unclonable);
const lines = (how: string): string[] => names.map((name) => `${name} ${how} ${refused}`);

const scenarios: readonly Scenario[] = [
  {
    name: 'what cannot be cloned is refused by send, at once, and nothing arrives',
    rows: ['value/unclonable'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('value', (_event, value: unknown) => t.log('got', value));
      const ended = t.received('value');
      const page = await t.open();
      await page.run(async (r) => {
        for (const name in r.unclonable) {
          await r.attempt(name, () => r.ipcRenderer.send('value', 1, r.unclonable[name]?.()));
        }
        r.ipcRenderer.send('value', 'end');
      });
      await ended;
    },
    expected: { page: lines('threw'), main: ['got "end"'] },
  },
  {
    name: 'what cannot be cloned is refused by sendSync, at once, and nothing arrives',
    rows: ['value/unclonable'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('value', (event, value: unknown) => {
        t.log('got', value);
        event.returnValue = true;
      });
      const page = await t.open();
      await page.run(async (r) => {
        for (const name in r.unclonable) {
          await r.attempt(name, () => r.ipcRenderer.sendSync('value', 1, r.unclonable[name]?.()));
        }
        r.ipcRenderer.sendSync('value', 'end');
      });
    },
    expected: { page: lines('threw'), main: ['got "end"'] },
  },
  {
    name: 'what cannot be cloned makes invoke reject, and nothing arrives',
    rows: ['value/unclonable'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.handle('value', (_event, value: unknown) => t.log('got', value));
      const page = await t.open();
      await page.run(async (r) => {
        for (const name in r.unclonable) {
          await r.attempt(name, () => r.ipcRenderer.invoke('value', 1, r.unclonable[name]?.()));
        }
        await r.ipcRenderer.invoke('value', 'end');
      });
    },
    expected: { page: lines('rejected'), main: ['got "end"'] },
  },
  {
    name: 'what cannot be cloned is refused by postMessage and sendToHost',
    rows: ['value/unclonable'],
    contexts: ['isolated', 'node'],
    async main(t) {
      const page = await t.open();
      await page.run(async (r) => {
        for (const name in r.unclonable) {
          await r.attempt(name, () => r.ipcRenderer.postMessage('value', r.unclonable[name]?.()));
        }
        await r.attempt('to host', () => r.ipcRenderer.sendToHost('value', () => {}));
      });
    },
    expected: { page: [...lines('threw'), `to host threw ${refused}`] },
  },
  {
    name: 'what cannot be cloned and is sent from main is reported, not thrown',
    rows: ['push/unclonable'],
    contexts: ['isolated', 'sandboxed'],
    async main(t) {
      t.ipcMain.on('reply', (event) => {
        t.attempt('reply', () => event.reply('value', () => {}));
        t.attempt('frame', () => event.senderFrame?.send('value', () => {}));
      });
      const page = await t.open();
      await page.run((r) => {
        r.ipcRenderer.on('value', (_event, ...args) => r.log('got', args));
        r.ipcRenderer.send('reply');
      });
      await t.seen('main', 'frame');
      for (const name in t.unclonable) {
        await t.attempt(name, () => page.webContents.send('value', t.unclonable[name]?.()));
      }
      page.webContents.send('value', 'end');
      await t.seen('page', 'got');
    },
    expected: {
      main: ['reply returned undefined', 'frame returned undefined'].concat(
        names.map((name) => `${name} returned undefined`),
      ),
      console: ['reply', 'frame', ...names].map(
        () =>
          'error: Error sending from webFrameMain:  Error("Error: Failed to serialize arguments")',
      ),
      page: ['got Array(1)["end"]'],
    },
  },
  {
    name: 'what cannot be cloned and is posted from main is thrown',
    rows: ['push/post-unclonable'],
    async main(t) {
      const page = await t.open();
      for (const name in t.unclonable) {
        await t.attempt(name, () => page.webContents.postMessage('v', t.unclonable[name]?.()));
      }
    },
    expected: { main: lines('threw') },
  },
  {
    name: 'a return value that cannot be cloned is thrown where it is set, and another one can follow',
    rows: ['sync/unclonable-result'],
    contexts: ['isolated', 'node', 'sandboxed'],
    versions: { to: 39, why: 'later an answer that cannot be cloned ends the pipe' },
    async main(t) {
      t.ipcMain.on('ask', (event, name: string) => {
        t.attempt(name, () => {
          event.returnValue = t.unclonable[name]?.();
        });
        event.returnValue = `instead of a ${name}`;
      });
      const page = await t.open();
      await page.run(async (r) => {
        for (const name in r.unclonable) {
          await r.attempt('ask', () => r.ipcRenderer.sendSync('ask', name));
        }
      });
    },
    expected: {
      main: lines('threw'),
      page: names.map((name) => `ask returned "instead of a ${name}"`),
    },
  },
  {
    name: 'getters of what cannot be cloned run once, and what they throw is no second chance',
    rows: ['value/unclonable', 'invoke/unclonable-result'],
    contexts: ['isolated', 'bare', 'node'],
    versions: { to: 39, why: 'later an answer that cannot be cloned ends the pipe' },
    async main(t) {
      let ran = 0;
      t.ipcMain.on('value', (event, value: { n: number }) => {
        t.log('got', value.n);
        event.returnValue = 1;
      });
      t.ipcMain.handle('value', () => ({
        get n() {
          if (ran++ === 0) throw new Error('not yet');
          return ran;
        },
      }));
      const page = await t.open();
      await page.run(async (r) => {
        let ran = 0;
        const failsOnce = {
          get n() {
            if (ran++ === 0) throw new Error('not yet');
            return ran;
          },
        };
        const ways = ['send', 'sendSync', 'invoke', 'postMessage'] as const;
        for (const way of ways) {
          ran = 0;
          await r.attempt(way, () => r.ipcRenderer[way]('value', failsOnce));
          r.log('ran', ran);
        }
        await r.attempt('answer', () => r.ipcRenderer.invoke('value'));
        ran = 0;
        const counts = {
          get n() {
            return ++ran;
          },
          f() {},
        };
        await r.attempt('function', () => r.ipcRenderer.send('value', counts));
        r.log('ran', ran);
      });
      t.log('ran', ran);
    },
    expected: {
      main: ['ran 1'],
      page: [
        'send threw Error("Error: An object could not be cloned.")',
        'ran 1',
        'sendSync threw Error("Error: An object could not be cloned.")',
        'ran 1',
        'invoke rejected Error("Error: An object could not be cloned.")',
        'ran 1',
        'postMessage threw Error("Error: An object could not be cloned.")',
        'ran 1',
        'answer rejected Error("Error: Error invoking remote method \'value\': Error: An object could not be cloned.")',
        'function threw Error("Error: An object could not be cloned.")',
        'ran 1',
      ],
    },
  },
];
export default scenarios;
