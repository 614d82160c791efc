import type { IpcMainEvent, WebContents } from 'electron';
import { hasNativeFrame } from '../../expected/by-version.ts';
import type { MainKit } from '../../harness/main-kit.ts';
import type { Page } from '../../harness/page.ts';
import type { Scenario } from '../../harness/scenario.ts';

type Emit = (this: unknown, name: string | symbol, ...args: unknown[]) => boolean;

/**
 * What an event has of its own: each name, and whether it is shown, changeable and computed. What
 * is computed and shown counts as its value: stock has native accessors that look like values.
 */
function describeOwn(event: object): string[] {
  return Object.entries(Object.getOwnPropertyDescriptors(event)).map(([name, property]) => {
    const { enumerable, configurable, get, set } = property;
    const computed = get && !enumerable;
    const value = (event as Record<string, unknown>)[name];
    const kind = computed ? `get${set ? ' set' : ''}` : typeof value;
    return `${name}: ${kind}${enumerable ? ' shown' : ''}${configurable ? ' changeable' : ''}`;
  });
}

/** Each round is one message and one call. */
function rounds(t: MainKit, page: Page): (n: number) => Promise<unknown> {
  t.ipcMain.on('tell', (_event, n) => t.log('tell', n));
  t.ipcMain.handle('call', (_event, n) => t.log('call', n));
  return (n) =>
    page.run(async (r, n) => {
      r.ipcRenderer.send('tell', n);
      await r.ipcRenderer.invoke('call', n);
    }, n);
}

const of = {
  frameId: 'frameId: number shown changeable',
  processId: 'processId: number shown changeable',
  replyChannel: '_replyChannel: object shown changeable',
  sender: 'sender: object shown changeable',
  senderFrame: 'senderFrame: get',
  nativeFrame: 'senderFrame: object shown changeable',
  treeNodeId: 'frameTreeNodeId: number shown changeable',
  reply: 'reply: function shown changeable',
  returnValue: 'returnValue: get set',
};
const list = (...all: string[]): string =>
  `Array(${all.length})[${all.map((it) => `"${it}"`).join(', ')}]`;
const ids = (electron: number): string[] =>
  hasNativeFrame(electron)
    ? [of.nativeFrame, of.frameId, of.processId, of.treeNodeId, of.sender]
    : [of.frameId, of.processId, of.sender, of.senderFrame];

const scenarios: readonly Scenario[] = [
  {
    name: 'each event has properties of its own, the first of a kind and later ones',
    rows: ['event/own-properties'],
    contexts: ['isolated', 'bare', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      t.ipcMain.on('tell', (event) => t.log('send', describeOwn(event)));
      t.ipcMain.on('ask', (event) => {
        t.log('sendSync', describeOwn(event));
        event.returnValue = 1;
      });
      t.ipcMain.handle('call', (event) => t.log('invoke', describeOwn(event)));
      await page.run(async (r) => {
        for (let n = 0; n < 2; n++) {
          r.ipcRenderer.send('tell');
          r.ipcRenderer.sendSync('ask');
          await r.ipcRenderer.invoke('call');
        }
      });
    },
    expected: (_context, electron) => ({
      main: [1, 2].flatMap(() => [
        `send ${list(...ids(electron), of.reply)}`,
        `sendSync ${list(of.replyChannel, ...ids(electron), of.returnValue, of.reply)}`,
        `invoke ${list(of.replyChannel, ...ids(electron))}`,
      ]),
    }),
  },
  {
    name: 'a listener for the private events of Electron hears each message before the others',
    rows: ['dispatch/private-listener'],
    contexts: ['isolated', 'bare', 'node'],
    versions: { to: 35, why: 'later the session dispatches' },
    async main(t) {
      const page = await t.open();
      const contents = page.webContents as WebContents & NodeJS.EventEmitter;
      const round = rounds(t, page);
      const hears = (event: object, internal: boolean, channel: string, args: unknown[]): void => {
        if (channel === 'tell' || channel === 'call') {
          t.log('private', Object.keys(event).length, internal, channel, args);
        }
      };
      await round(1);
      contents.prependListener('-ipc-message', hears);
      contents.prependListener('-ipc-invoke', hears);
      await round(2);
      contents.off('-ipc-message', hears);
      contents.off('-ipc-invoke', hears);
      await round(3);
      contents.removeAllListeners('-ipc-message');
      await round(4);
    },
    expected: (_context, electron) => {
      // What the native side gives an event; one that asks has a reply channel, too.
      const names = hasNativeFrame(electron) ? 4 : 2;
      return {
        main: [
          ...['tell 1', 'call 1'],
          ...[`private ${names} false "tell" Array(1)[2]`, 'tell 2'],
          ...[`private ${names + 1} false "call" Array(1)[2]`, 'call 2'],
          ...['tell 3', 'call 3'],
          ...['call 4'],
        ],
      };
    },
  },
  {
    name: 'a patched emit sees every event, private ones too',
    rows: ['dispatch/patched-emit'],
    contexts: ['isolated', 'bare', 'node'],
    versions: { to: 35, why: 'later the session dispatches' },
    async main(t) {
      const page = await t.open();
      const round = rounds(t, page);
      const patch = (object: object, title: string): (() => void) => {
        const target = object as { emit?: Emit };
        const { emit } = target as { emit: Emit };
        target.emit = function (name, ...args) {
          if (args.includes('tell') || args.includes('call') || name === 'tell') {
            t.log(title, name, args.length);
          }
          return emit.call(this, name, ...args);
        };
        return () => {
          delete target.emit;
        };
      };
      await round(1);
      const mend = [
        patch(page.webContents, 'webContents'),
        patch(page.webContents.mainFrame.ipc, 'frame.ipc'),
        patch(page.webContents.ipc, 'webContents.ipc'),
        patch(t.ipcMain, 'ipcMain'),
      ];
      await round(2);
      for (const each of mend) each();
      await round(3);
    },
    expected: {
      main: [
        ...['tell 1', 'call 1'],
        'webContents "-ipc-message" 4',
        'webContents "ipc-message" 3',
        'frame.ipc "tell" 2',
        'webContents.ipc "tell" 2',
        'ipcMain "tell" 2',
        'tell 2',
        'webContents "-ipc-invoke" 4',
        'call 2',
        ...['tell 3', 'call 3'],
      ],
    },
  },
  {
    name: 'an emit that was patched before registering sees every event, private ones too',
    rows: ['dispatch/patched-emit'],
    contexts: ['isolated', 'bare', 'node'],
    versions: { to: 35, why: 'later the session dispatches' },
    beforeRegister({ electron, log }) {
      electron.app.once('web-contents-created', (_event, webContents) => {
        const prototype = Object.getPrototypeOf(webContents) as { emit: Emit };
        const { emit } = prototype;
        prototype.emit = function (name, ...args) {
          if (args.includes('tell') || args.includes('call')) log('webContents', name, args.length);
          return emit.call(this, name, ...args);
        };
      });
    },
    async main(t) {
      const round = rounds(t, await t.open());
      await round(1);
      await round(2);
    },
    expected: {
      main: [1, 2].flatMap((n) => [
        'webContents -ipc-message 4',
        'webContents ipc-message 3',
        `tell ${n}`,
        'webContents -ipc-invoke 4',
        `call ${n}`,
      ]),
    },
  },
  {
    name: 'receivers that are added while a message is dispatched hear it if their turn is to come',
    rows: ['dispatch/added-meanwhile'],
    contexts: ['isolated', 'bare', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      const { mainFrame } = page.webContents;
      const ask = (n: number): Promise<unknown> =>
        page.run((r, n) => {
          r.ipcRenderer.send('tell', n);
          r.log('answer', r.ipcRenderer.sendSync('ask', n));
        }, n);
      t.ipcMain.on('ask', (event, n) => {
        event.returnValue = `ipcMain ${n}`;
      });
      await ask(1);
      const hears = (event: IpcMainEvent, n: number): void => {
        t.log('frame', n);
        event.returnValue = `frame ${n}`;
      };
      page.webContents.once('ipc-message', (_event, channel) => {
        if (channel === 'tell') mainFrame.ipc.on('tell', hears);
      });
      page.webContents.once('ipc-message-sync', (_event, channel) => {
        if (channel === 'ask') mainFrame.ipc.on('ask', hears);
      });
      await ask(2);
      mainFrame.ipc.removeAllListeners('tell');
      mainFrame.ipc.removeAllListeners('ask');
      await ask(3);
    },
    expected: {
      main: ['frame 2', 'frame 2'],
      page: ['answer "ipcMain 1"', 'answer "frame 2"', 'answer "ipcMain 3"'],
    },
  },
  {
    name: "RINGWIRE_DISPATCH=electron in the environment leaves the dispatch to Electron's own code",
    rows: ['register/dispatch-electron'],
    contexts: ['isolated', 'sandboxed'],
    process: { env: { RINGWIRE_DISPATCH: 'electron' } },
    async main(t) {
      const page = await t.open();
      t.ipcMain.on('tell', (_event, n) => t.log('tell', n));
      t.ipcMain.on('ask', (event, n: number) => {
        event.returnValue = n + 1;
      });
      t.ipcMain.handle('call', (_event, n: number) => n + 2);
      await page.run(async (r) => {
        for (const n of [1, 2]) {
          r.ipcRenderer.send('tell', n);
          r.log('ask', r.ipcRenderer.sendSync('ask', n));
          r.log('call', await r.ipcRenderer.invoke('call', n));
        }
      });
    },
    expected: { main: ['tell 1', 'tell 2'], page: ['ask 2', 'call 3', 'ask 3', 'call 4'] },
  },
];
export default scenarios;
