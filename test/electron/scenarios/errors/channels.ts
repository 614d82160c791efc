import { misuseThrown } from '../../expected/by-version.ts';
import { everywhere, type Scenario } from '../../harness/scenario.ts';

const conversion = (index: number, from: string): string =>
  `TypeError("TypeError: Error processing argument at index ${index}, conversion failure from ${from}")`;

/** What is given for a channel, described, and what the error calls it. */
const bad = {
  undefined: 'undefined',
  null: 'null',
  7: '',
  'Object {}': '',
  'Symbol(s)': '',
  'String("boxed")': '',
  'Array(1)["a"]': '',
};
const fromRenderer = { send: 1, sendSync: 1, invoke: 1, sendToHost: 0, postMessage: 0 };
const missing = 'Error("Error: Missing required channel argument")';

const scenarios: readonly Scenario[] = [
  {
    name: 'a channel that is no string is refused by every method of ipcRenderer',
    rows: ['errors/renderer-channel'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      await page.run(async (r) => {
        // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
        const ipc = r.ipcRenderer as any;
        for (const method of ['send', 'sendSync', 'invoke', 'sendToHost', 'postMessage']) {
          await r.attempt(`${method} without`, () => ipc[method]());
          for (const channel of [7, undefined, null, {}, Symbol('s'), Object('boxed'), ['a']]) {
            await r.attempt(`${method} ${r.describe(channel)}`, () => ipc[method](channel, 1));
          }
        }
      });
    },
    expected: {
      page: Object.entries(fromRenderer).flatMap(([method, index]) =>
        [...Object.entries({ without: 'undefined' }), ...Object.entries(bad)].map(
          ([channel, from]) =>
            `${method} ${channel} ${method === 'invoke' ? 'rejected' : 'threw'} ${conversion(index, from)}`,
        ),
      ),
    },
  },
  {
    name: 'a bad channel is complained about before a bad value',
    rows: ['errors/order-of-checks'],
    contexts: ['isolated', 'node'],
    async main(t) {
      const page = await t.open();
      await page.run(async (r) => {
        // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
        const ipc = r.ipcRenderer as any;
        await r.attempt('send', () => ipc.send(7, () => {}));
        await r.attempt('invoke', () => ipc.invoke(7, () => {}));
        await r.attempt('postMessage', () => ipc.postMessage('channel', () => {}, null));
      });
    },
    expected: {
      page: [
        `send threw ${conversion(1, '')}`,
        `invoke rejected ${conversion(1, '')}`,
        'postMessage threw Error("Error: An object could not be cloned.")',
      ],
    },
  },
  {
    name: 'an empty channel and unusual characters in one are fine',
    rows: ['errors/unusual-channel'],
    contexts: everywhere,
    async main(t) {
      const channels = [
        '',
        ' ',
        '__proto__',
        'constructor',
        'naïve 字 😀',
        'x'.repeat(5000),
        'a\0b',
      ];
      for (const channel of channels) {
        t.ipcMain.handle(channel, (_event, n) => `${channel.length} ${n}`);
        t.ipcMain.on(channel, (event, n) => {
          event.returnValue = `sync ${channel.length} ${n}`;
          event.reply(channel, n);
        });
      }
      const page = await t.open();
      await page.run(async (r, channels) => {
        for (const [n, channel] of channels.entries()) {
          // Answers and replies take two ways to the renderer, so their order is not promised.
          const replied = new Promise((resolve) => {
            r.ipcRenderer.once(channel, (_event, n) => resolve(n));
          });
          r.log('invoke', await r.ipcRenderer.invoke(channel, n));
          r.log('sendSync', r.ipcRenderer.sendSync(channel, n));
          r.log('reply', await replied);
        }
      }, channels);
    },
    expected: {
      page: [
        'invoke "0 0"',
        'sendSync "sync 0 0"',
        'reply 0',
        'invoke "1 1"',
        'sendSync "sync 1 1"',
        'reply 1',
        'invoke "9 2"',
        'sendSync "sync 9 2"',
        'reply 2',
        'invoke "11 3"',
        'sendSync "sync 11 3"',
        'reply 3',
        'invoke "10 4"',
        'sendSync "sync 10 4"',
        'reply 4',
        'invoke "5000 5"',
        'sendSync "sync 5000 5"',
        'reply 5',
        'invoke "3 6"',
        'sendSync "sync 3 6"',
        'reply 6',
      ],
    },
  },
  {
    name: 'a channel that is no string is refused by main',
    rows: ['errors/main-channel'],
    async main(t) {
      const page = await t.open();
      // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
      const contents = page.webContents as any;
      for (const channel of [7, undefined, null, {}, Symbol('s'), Object('boxed'), ['a']]) {
        const name = t.describe(channel);
        t.attempt(`webContents.send ${name}`, () => contents.send(channel));
        t.attempt(`frame.send ${name}`, () => contents.mainFrame.send(channel));
        t.attempt(`sendToFrame ${name}`, () =>
          contents.sendToFrame(contents.mainFrame.routingId, channel),
        );
        t.attempt(`webContents.postMessage ${name}`, () => contents.postMessage(channel, 1));
        t.attempt(`frame.postMessage ${name}`, () => contents.mainFrame.postMessage(channel, 1));
      }
      t.attempt('no message', () => contents.postMessage('channel'));
      t.attempt('no frame', () => contents.sendToFrame());
      t.attempt('unknown frame', () => contents.sendToFrame(4711, 'channel'));
      t.attempt('known frame', () => contents.sendToFrame(contents.mainFrame.routingId, 'channel'));
    },
    expected: (_context, electron) => ({
      main: misuseThrown(
        electron,
        Object.entries(bad)
          .flatMap(([channel, from]) => [
            `webContents.send ${channel} threw ${missing}`,
            `frame.send ${channel} threw ${missing}`,
            `sendToFrame ${channel} threw ${missing}`,
            `webContents.postMessage ${channel} threw ${conversion(0, from)}`,
            `frame.postMessage ${channel} threw ${conversion(0, from)}`,
          ])
          .concat(
            'no message threw TypeError("TypeError: Insufficient number of arguments.")',
            'no frame threw Error("Error: Missing required frame argument (must be number or [processId, frameId])")',
            'unknown frame returned false',
            'known frame returned true',
          ),
      ),
    }),
  },
];
export default scenarios;
