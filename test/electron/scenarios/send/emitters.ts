import { EventEmitter } from 'node:events';
import { inspect } from 'node:util';
import {
  hasNamedClasses,
  hasNativeFrame,
  listensToDestroyed,
  misuseThrown,
} from '../../expected/by-version.ts';
import { everywhere, type Scenario } from '../../harness/scenario.ts';

/** Events of a WebContents that ringwire hears. */
const names = [
  'did-start-navigation',
  'did-frame-navigate',
  'did-fail-load',
  'did-stop-loading',
  'will-destroy',
  'destroyed',
];

const scenarios: readonly Scenario[] = [
  {
    name: 'without its guard ipcMain throws for channel "error"',
    rows: ['main/error-guard-removed'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      const send = (n: number): Promise<unknown> =>
        page.run(async (r, n) => {
          r.ipcRenderer.send('error', n);
          await r.ipcRenderer.invoke('passed', n);
        }, n);
      t.ipcMain.handle('passed', (_event, n) => t.log('passed', n));
      t.ipcMain.on('error', (_event, n) => t.log('heard', n));
      await send(1);
      t.ipcMain.removeAllListeners();
      t.log('none', t.ipcMain.eventNames());
      // The error has the event in it, and its text what inspecting the event gives.
      const caught = (error: NodeJS.ErrnoException & { context?: { sender?: unknown } }): void =>
        t.lane('caught').log(error.code ?? '', error.context?.sender === page.webContents);
      const others = process.listeners('uncaughtException');
      process.removeAllListeners('uncaughtException');
      process.on('uncaughtException', caught);
      await send(2);
      process.removeAllListeners('uncaughtException');
      for (const other of others) process.on('uncaughtException', other);
      t.ipcMain.on('error', (_event, n) => t.log('heard again', n));
      await send(3);
    },
    expected: {
      main: ['heard 1', 'passed 1', 'none Array(0)[]', 'passed 2', 'heard again 3', 'passed 3'],
      'main:caught': ['ERR_UNHANDLED_ERROR true'],
    },
  },
  {
    name: 'a WebContents has the listeners that Electron and the application gave it',
    rows: ['main/emitter'],
    contexts: everywhere,
    async main(t) {
      const { webContents } = await t.open();
      for (const name of names) t.log(name, webContents.listenerCount(name));
    },
    expected: (_context, electron) => ({
      main: names.map((name) => {
        return `${name} ${name === 'destroyed' && listensToDestroyed(electron) ? 1 : 0}`;
      }),
    }),
  },
  {
    name: 'who replaces the emit of EventEmitter sees what is emitted, in main and in a renderer',
    rows: ['main/emitter', 'renderer/listeners'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      t.ipcMain.on('hello', (event, word) => event.reply('there', word));
      const page = await t.open({
        preload: (r) => {
          r.ipcRenderer.on('there', (_event, word) => r.log('heard', word));
        },
      });
      const say = async (word: string): Promise<void> => {
        await page.run((r, word) => r.ipcRenderer.send('hello', word), word);
        await t.seen('page', `heard "${word}"`);
      };
      // Until then an event of each kind has shown what it is.
      await say('first');
      await page.run((r) => {
        const { prototype } = r.ipcRenderer.constructor;
        const { emit } = prototype;
        prototype.emit = function (...args: unknown[]) {
          if (args[0] === 'there') r.log('emits', args[0]);
          return Reflect.apply(emit, this, args);
        };
      });
      const { emit } = EventEmitter.prototype;
      EventEmitter.prototype.emit = function (...args) {
        if (/hello|^-?ipc-message$/.test(String(args[0]))) t.log('emits', args[0]);
        return Reflect.apply(emit, this, args);
      };
      try {
        await say('second');
      } finally {
        EventEmitter.prototype.emit = emit;
      }
    },
    expected: {
      main: ['emits "-ipc-message"', 'emits "ipc-message"', ...Array(3).fill('emits "hello"')],
      page: ['heard "first"', 'emits "there"', 'heard "second"'],
    },
  },
  {
    name: 'ipcMain is an emitter like any other',
    rows: ['main/emitter'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const { ipcMain } = t;
      const page = await t.open();
      ipcMain.on('newListener', (name, listener) => {
        if (typeof name === 'string') t.log('new', name, typeof listener);
      });
      ipcMain.on('removeListener', (name) => {
        if (typeof name === 'string') t.log('removed', name);
      });
      const always = function (this: unknown, _event: unknown, n: number): void {
        t.log('always', n, this === ipcMain);
      };
      ipcMain.on('go', always);
      ipcMain.prependOnceListener('go', (_event, n) => t.log('first, once', n));
      ipcMain.once('go', (_event, n) => {
        t.log('once', n);
        ipcMain.once('go', (_event, n) => t.log('added meanwhile', n));
      });
      ipcMain.on('go', always);
      ipcMain.on(Symbol('go') as unknown as string, () => t.log('a symbol is no channel'));
      t.log('listeners', ipcMain.listenerCount('go'), ipcMain.listeners('go').length);
      t.log('raw', ipcMain.rawListeners('go').filter((one) => one === always).length);
      await page.run(async (r) => {
        for (const n of [1, 2, 3]) r.ipcRenderer.send('go', n);
        // A channel may be called as the emitter's own events are.
        r.ipcRenderer.send('newListener', 'x');
        await r.ipcRenderer.invoke('nobody').catch(() => {});
      });
      ipcMain.removeListener('go', always);
      t.log('one left', ipcMain.listenerCount('go'));
      t.log('emit', ipcMain.emit('go', 'an event', 4), ipcMain.emit('nobody'));
      ipcMain.off('go', always);
      t.log('none left', ipcMain.listenerCount('go'), ipcMain.eventNames());
      try {
        ipcMain.on('go', 7 as never);
      } catch (error) {
        t.log('no function', (error as NodeJS.ErrnoException).code);
      }
      ipcMain.removeAllListeners('newListener');
      ipcMain.removeAllListeners('removeListener');
    },
    expected: {
      main: [
        'new "removeListener" "function"',
        ...new Array(4).fill('new "go" "function"'),
        'listeners 4 4',
        'raw 2',
        'removed "go"',
        'first, once 1',
        'always 1 true',
        'removed "go"',
        'once 1',
        'new "go" "function"',
        'always 1 true',
        'always 2 true',
        'always 2 true',
        'removed "go"',
        'added meanwhile 2',
        'always 3 true',
        'always 3 true',
        'removed "go"',
        'one left 1',
        'always 4 true',
        'emit true false',
        'removed "go"',
        'none left 0 Array(4)["error", "newListener", "removeListener", Symbol(go)]',
        'no function "ERR_INVALID_ARG_TYPE"',
        'removed "newListener"',
      ],
    },
  },
  {
    name: 'too many listeners on one channel are warned of, once',
    rows: ['main/emitter'],
    async main(t) {
      const warned = t.event(process, 'warning');
      for (let n = 0; n < 12; n++) t.ipcMain.on('crowded', () => t.lane('count').log('heard'));
      const [warning] = (await warned) as [Error & { type?: unknown; count?: number }];
      t.log('warning', warning.name, warning.type, warning.count);
      const page = await t.open();
      await page.run(async (r) => {
        r.ipcRenderer.send('crowded');
        await r.ipcRenderer.invoke('nobody').catch(() => {});
      });
    },
    expected: {
      main: ['warning "MaxListenersExceededWarning" "crowded" 11'],
      'main:count': new Array(12).fill('heard'),
    },
  },
  {
    name: 'the emitters of windows are like ipcMain, and end with their window',
    rows: ['main/emitter'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      const { ipc } = page.webContents;
      t.log('names', ipc.eventNames(), ipc === page.webContents.ipc);
      ipc.handle('ask', () => 'the window');
      await t.attempt('second', () => ipc.handle('ask', () => 'another'));
      await t.attempt('no function', () => ipc.handle('other', 7 as never));
      ipc.once('go', (event, n) => t.log('once', n, event.sender === page.webContents));
      await page.run(async (r) => {
        r.ipcRenderer.send('go', 1);
        r.ipcRenderer.send('go', 2);
        r.ipcRenderer.send('error', 3);
        r.log('ask', await r.ipcRenderer.invoke('ask'));
      });
    },
    expected: (_context, electron) => ({
      main: misuseThrown(electron, [
        'names Array(1)["error"] true',
        `second threw Error("Error: Attempted to register a second handler for 'ask'")`,
        `no function threw Error("Error: Expected handler to be a function, but found type 'number'")`,
        'once 1 true',
      ]),
      page: ['ask "the window"'],
    }),
  },
  {
    name: 'an event in main, printed',
    rows: ['event/inspect'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const inALine = { breakLength: Number.POSITIVE_INFINITY };
      const print = (event: object): void => {
        const text = inspect(event, { ...inALine, depth: 0 });
        // Since version 33 stock has an accessor there that looks like a value; ringwire's shows.
        const frame = text.replace('senderFrame: [Getter/Setter]', 'senderFrame: WebFrameMain {}');
        t.log(frame.replaceAll(/Id: \d+/g, 'Id: n'));
        t.log(`class "${event.constructor.name}"`, Object.prototype.toString.call(event));
        if (!('_replyChannel' in event)) return;
        t.log(inspect(event._replyChannel, { ...inALine, showHidden: true }));
      };
      t.ipcMain.on('look', print);
      t.ipcMain.handle('look', print);
      const page = await t.open();
      await page.run(async (r) => {
        r.ipcRenderer.send('look');
        r.ipcRenderer.postMessage('look', 1);
        r.ipcRenderer.postMessage('look', 1, [new MessageChannel().port1]);
        await r.ipcRenderer.invoke('look');
      });
      t.ipcMain.on('answer', (event) => {
        print(event);
        event.returnValue = 1;
      });
      await page.run((r) => r.ipcRenderer.sendSync('answer'));
    },
    expected: (_context, electron) => ({
      main: printedEvents(electron).flatMap((text) => [
        text,
        `class "${hasNamedClasses(electron) ? 'Event' : ''}" "[object Object]"`,
        ...(text.includes('_replyChannel')
          ? ["{ sendReply: [Function: sendReply] { [length]: 0, [name]: 'sendReply' } }"]
          : []),
      ]),
    }),
  },
];
export default scenarios;

/** In the order of the messages: send, postMessage without and with a port, invoke, sendSync. */
function printedEvents(electron: number): string[] {
  const ids = hasNativeFrame(electron)
    ? 'senderFrame: WebFrameMain {}, frameId: n, processId: n, frameTreeNodeId: n'
    : 'frameId: n, processId: n';
  const sender = `sender: [${hasNamedClasses(electron) ? 'WebContents' : 'EventEmitter'}]`;
  const name = hasNamedClasses(electron) ? 'Event ' : '';
  return [
    `${name}{ ${ids}, ${sender}, reply: [Function (anonymous)] }`,
    `${name}{ ${ids}, ${sender}, ports: [] }`,
    `${name}{ ${ids}, ${sender}, ports: [Array] }`,
    `${name}{ _replyChannel: [Object], ${ids}, ${sender} }`,
    `${name}{ _replyChannel: [Object], ${ids}, ${sender}, reply: [Function (anonymous)] }`,
  ];
}
