import { hasNativeFrame, tellsMainFrame } from '../../expected/by-version.ts';
import { everywhere, type Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'a renderer posts a message with ports, and the port talks both ways',
    rows: ['event/ports', 'ports/to-main'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('port', (event, message) => {
        const any = event as unknown as Record<string, unknown>;
        t.log('message', message, event.ports.length, event.ports[0]?.constructor.name);
        t.log('keys', Object.keys(any).sort());
        t.log('without', 'reply' in any, 'returnValue' in any);
        const [port] = event.ports;
        port?.on('message', ({ data }) => {
          t.lane('port').log('got', data);
          port.postMessage({ echo: data });
        });
        port?.start();
      });
      t.ipcMain.on('none', (event, message) => t.log('none', message, event.ports));
      const page = await t.open();
      await page.run((r) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => r.log('back', data);
        r.ipcRenderer.postMessage('port', new Map([['a', 1]]), [port2]);
        r.ipcRenderer.postMessage('none', [undefined]);
        (r.ipcRenderer.postMessage as (channel: string) => void)('none');
        port1.postMessage('hello');
      });
      await t.seen('page', 'back');
      await t.seen('main', 'none undefined');
    },
    expected: (_context, electron) => ({
      main: [
        'message Map("a" => 1) 1 "MessagePortMain"',
        hasNativeFrame(electron)
          ? 'keys Array(6)["frameId", "frameTreeNodeId", "ports", "processId", "sender", "senderFrame"]'
          : 'keys Array(4)["frameId", "ports", "processId", "sender"]',
        'without false false',
        'none Array(1)[undefined] Array(0)[]',
        'none undefined Array(0)[]',
      ],
      'main:port': ['got "hello"'],
      page: ['back Object {echo: "hello"}'],
    }),
  },
  {
    name: 'main posts a message with ports, which arrive as DOM ports',
    rows: ['renderer/event-ports', 'ports/to-renderer'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open({
        preload: (r) =>
          r.ipcRenderer.on('port', (event, ...args) => {
            r.log('args', args, event.ports.length, event.ports[0] instanceof MessagePort);
            const [port] = event.ports;
            if (port === undefined) return;
            port.onmessage = ({ data }) => {
              r.lane('port').log('got', data);
              port.postMessage([data]);
            };
          }),
      });
      const { port1, port2 } = new t.electron.MessageChannelMain();
      const answered = t.event(port1, 'message');
      port1.start();
      port1.postMessage('waiting in the port');
      page.webContents.send('port', 'before');
      page.webContents.postMessage('port', { one: 1 }, [port2]);
      page.webContents.mainFrame.postMessage('port', 'no ports');
      page.webContents.send('port', 'after');
      const [message] = (await answered) as [Electron.MessageEvent];
      t.log('answer', message.data);
      await t.seen('page', 'args Array(1)["after"]');
      await t.seen('page:port', 'got');
    },
    expected: {
      page: [
        'args Array(1)["before"] 0 false',
        'args Array(1)[Object {one: 1}] 1 true',
        'args Array(1)["no ports"] 0 false',
        'args Array(1)["after"] 0 false',
      ],
      'page:port': ['got "waiting in the port"'],
      main: ['answer Array(1)["waiting in the port"]'],
    },
  },
  {
    name: 'what is wrong with a transfer list is said',
    rows: ['errors/transfer'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      await page.run(async (r) => {
        // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
        const post = r.ipcRenderer.postMessage as any;
        await r.attempt('null', () => post('channel', 1, null));
        await r.attempt('a number', () => post('channel', 1, 7));
        await r.attempt('not a port', () => post('channel', 1, [{}]));
        await r.attempt('a buffer', () => post('channel', 1, [new ArrayBuffer(1)]));
        await r.attempt('undefined', () => post('channel', 1, undefined));
        await r.attempt('none', () => post('channel', 1, []));
      });
      // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
      const contents = page.webContents as any;
      const { port1 } = new t.electron.MessageChannelMain();
      await t.attempt('null', () => contents.postMessage('channel', 1, null));
      await t.attempt('not a port', () => contents.postMessage('channel', 1, [{}]));
      await t.attempt('null inside', () => contents.postMessage('channel', 1, [null]));
      await t.attempt('twice', () => contents.postMessage('channel', 1, [port1, port1]));
      const { port2 } = new t.electron.MessageChannelMain();
      await t.attempt('good', () => contents.postMessage('channel', 1, [port2]));
      await t.attempt('again', () => contents.postMessage('channel', 1, [port2]));
      await t.attempt('undefined', () => contents.postMessage('channel', 1, undefined));
    },
    expected: {
      page: [
        'null threw TypeError("TypeError: Invalid value for transfer")',
        'a number threw TypeError("TypeError: Invalid value for transfer")',
        'not a port threw TypeError("TypeError: Invalid value for transfer")',
        'a buffer threw TypeError("TypeError: Invalid value for transfer")',
        'undefined returned undefined',
        'none returned undefined',
      ],
      main: [
        'null threw Error("Error: Invalid value for transfer")',
        'not a port threw Error("Error: Invalid value for transfer")',
        'null inside threw Error("Error: Invalid value for transfer")',
        'twice threw Error("Error: Port at index 1 is a duplicate.")',
        'good returned undefined',
        'again threw Error("Error: Port at index 0 is already neutered.")',
        'undefined returned undefined',
      ],
    },
  },
  {
    name: 'two windows are connected by a channel that main hands out',
    rows: ['ports/between-windows'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const { port1, port2 } = new t.electron.MessageChannelMain();
      const pages = [await t.open({ name: 'one' }), await t.open({ name: 'two' })];
      for (const page of pages) {
        await page.run((r) => {
          r.ipcRenderer.on('port', ({ ports: [port] }, name) => {
            if (port === undefined) return;
            port.onmessage = ({ data }) => {
              r.log('got', data);
              if (data.length < 4) port.postMessage([...data, name]);
            };
            if (name === 'first') port.postMessage([name]);
          });
        });
      }
      pages[0]?.webContents.postMessage('port', 'first', [port1]);
      pages[1]?.webContents.postMessage('port', 'second', [port2]);
      await t.seen('two', 'got Array(3)');
      await t.seen('one', 'got Array(4)');
    },
    expected: {
      two: ['got Array(1)["first"]', 'got Array(3)["first", "second", "first"]'],
      one: [
        'got Array(2)["first", "second"]',
        'got Array(4)["first", "second", "first", "second"]',
      ],
    },
  },
  {
    name: 'sendTo reaches the other window, with the id of the sender',
    rows: ['renderer/send-to'],
    contexts: everywhere,
    versions: { to: 27, why: 'sendTo went away' },
    async main(t) {
      const page = await t.open();
      const other = await t.open({
        name: 'other',
        preload: (r) =>
          r.ipcRenderer.on('hello', (event, ...args) => {
            const any = event as unknown as Record<string, unknown>;
            r.log('keys', Object.keys(any));
            r.log('hello', args, any.senderIsMainFrame, any.sender === r.ipcRenderer);
            r.ipcRenderer.send('sender', any.senderId);
          }),
      });
      const sender = t.received('sender');
      await page.run(async (r, id) => {
        const sendTo = r.ipcRenderer.sendTo as (...args: unknown[]) => void;
        await r.attempt('sendTo', () => sendTo(id, 'hello', 1, new Map([[1, [2]]])));
        await r.attempt('unknown', () => sendTo(4711, 'hello', 1));
        await r.attempt('bad id', () => sendTo('one', 'hello', 1));
        await r.attempt('no integer', () => sendTo(1.5, 'hello', 1));
        await r.attempt('no integer of 32 bits', () => sendTo(2 ** 40, 'hello', 1));
        await r.attempt('bad channel', () => sendTo(id, 7, 1));
        await r.attempt('unclonable', () => sendTo(id, 'hello', () => {}));
      }, other.webContents.id);
      const [id] = await sender;
      t.log('sender', id === page.webContents.id);
    },
    expected: (_context, electron) => ({
      page: [
        'sendTo returned undefined',
        'unknown returned undefined',
        'bad id threw TypeError("TypeError: Error processing argument at index 0, conversion failure from one")',
        'no integer threw TypeError("TypeError: Error processing argument at index 0, conversion failure from ")',
        'no integer of 32 bits threw TypeError("TypeError: Error processing argument at index 0, conversion failure from ")',
        'bad channel threw TypeError("TypeError: Error processing argument at index 1, conversion failure from ")',
        'unclonable threw Error("Error: An object could not be cloned.")',
      ],
      other: [
        tellsMainFrame(electron)
          ? 'keys Array(4)["sender", "senderId", "senderIsMainFrame", "ports"]'
          : 'keys Array(3)["sender", "senderId", "ports"]',
        `hello Array(2)[1, Map(1 => Array(1)[2])] ${tellsMainFrame(electron) || undefined} true`,
      ],
      main: ['sender true'],
    }),
  },
  {
    name: 'sendTo as the last that a document does, and to a window that shows another one by now',
    rows: ['renderer/send-to'],
    contexts: everywhere,
    versions: { to: 27, why: 'sendTo went away' },
    async main(t) {
      const other = await t.open({
        name: 'other',
        preload: (r) => r.ipcRenderer.on('hello', (_event, word) => r.log('hello', word)),
      });
      const page = await t.open();
      await page.run((r, id) => {
        const sendTo = r.ipcRenderer.sendTo as (...args: unknown[]) => void;
        addEventListener('unload', () => sendTo(id, 'hello', 'last'));
      }, other.webContents.id);
      await page.load(t.site.url('next'));
      await t.seen('other', 'hello "last"');
      t.ipcMain.on('reload', async (event) => {
        await other.load(t.site.url('next'));
        event.returnValue = 1;
      });
      await page.run(async (r, id) => {
        const sendTo = r.ipcRenderer.sendTo as (...args: unknown[]) => void;
        sendTo(id, 'hello', 'first');
      }, other.webContents.id);
      await t.seen('other', 'hello "first"');
      await page.run((r, id) => {
        const sendTo = r.ipcRenderer.sendTo as (...args: unknown[]) => void;
        r.ipcRenderer.sendSync('reload');
        sendTo(id, 'hello', 'second');
        sendTo(id, 'hello', 'third');
      }, other.webContents.id);
      await t.seen('other', 'hello "third"');
    },
    expected: { other: ['last', 'first', 'second', 'third'].map((word) => `hello "${word}"`) },
  },
];
export default scenarios;
