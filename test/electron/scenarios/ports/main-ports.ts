import { everywhere, type Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'what a MessagePortMain takes, and what it refuses',
    rows: ['ports/main-arguments'],
    async main(t) {
      const { MessageChannelMain } = t.electron;
      const { port1, port2 } = new MessageChannelMain();
      const got = t.lane('port');
      port2.on('message', (event) => got.log('got', Object.keys(event).sort(), event.data));
      port2.start();
      // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
      const port = port1 as any;
      await t.attempt('nothing', () => port.postMessage());
      await t.attempt('a value', () => port.postMessage({ map: new Map([[1, 2n]]) }));
      await t.attempt('unclonable', () => port.postMessage(() => {}));
      await t.attempt('null for a list', () => port.postMessage(1, null));
      await t.attempt('a number for a list', () => port.postMessage(1, 7));
      await t.attempt('no port', () => port.postMessage(1, [{}]));
      await t.attempt('a buffer', () => port.postMessage(1, [new ArrayBuffer(1)]));
      await t.attempt('itself', () => port.postMessage(1, [port1]));
      const other = new MessageChannelMain();
      await t.attempt('twice', () => port.postMessage(1, [other.port1, other.port1]));
      await t.attempt('a port', () => port.postMessage('with a port', [other.port1]));
      await t.attempt('again', () => port.postMessage(1, [other.port1]));
      await t.attempt('a port that is gone', () => other.port1.postMessage(1));
      await t.attempt('starting it', () => other.port1.start());
      await t.attempt('closing it', () => other.port1.close());
      await t.seen('main:port', 'got Array(2)["data", "ports"] "with a port"');
    },
    expected: {
      main: [
        'nothing threw TypeError("TypeError: Expected at least one argument to postMessage")',
        'a value returned undefined',
        'unclonable threw Error("Error: An object could not be cloned.")',
        'null for a list threw TypeError("TypeError: transferables must be an array of MessagePorts")',
        'a number for a list threw TypeError("TypeError: transferables must be an array of MessagePorts")',
        'no port threw TypeError("TypeError: Port at index 0 is not a valid port")',
        'a buffer threw TypeError("TypeError: Port at index 0 is not a valid port")',
        'itself threw Error("Error: Port at index 0 contains the source port.")',
        'twice threw Error("Error: Port at index 1 is a duplicate.")',
        'a port returned undefined',
        'again threw Error("Error: Port at index 0 is already neutered.")',
        'a port that is gone returned undefined',
        'starting it returned undefined',
        'closing it returned undefined',
      ],
    },
  },
  {
    name: 'a MessagePortMain keeps what comes until it is started, and says when it is closed',
    rows: ['ports/start', 'ports/close'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      const first = t.event(t.ipcMain, 'port');
      await page.run((r) => {
        const { port1, port2 } = new MessageChannel();
        r.state.port = port1;
        r.ipcRenderer.postMessage('port', 'first', [port2]);
        for (const n of [1, 2, 3]) port1.postMessage(n);
      });
      const [event] = (await first) as [Electron.IpcMainEvent];
      const [port] = event.ports;
      if (port === undefined) throw new Error('no port came');
      port.on('message', ({ data, ports }) => t.log('got', data, ports));
      port.on('close', () => t.log('closed'));
      t.log('nothing yet');
      port.start();
      port.start();
      await t.seen('main', 'got 3');
      await page.run((r) => (r.state.port as MessagePort).close());
      await t.seen('main', 'closed');
      t.log('posting', port.postMessage('to nobody'));
      const { port1, port2 } = new t.electron.MessageChannelMain();
      port1.on('close', () => t.log('own close'));
      const closed = t.event(port2, 'close');
      port2.start();
      port1.start();
      port1.close();
      t.log('after close');
      port1.close();
      t.log('posting', port1.postMessage('to nobody'));
      await closed;
      t.log('the other end');
    },
    expected: {
      main: [
        'nothing yet',
        'got 1 Array(0)[]',
        'got 2 Array(0)[]',
        'got 3 Array(0)[]',
        'closed',
        'posting undefined',
        'own close',
        'after close',
        'posting undefined',
        'the other end',
      ],
    },
  },
  {
    name: 'a port is closed when the renderer with its other end goes away',
    rows: ['ports/close'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      for (const way of ['navigates', 'crashes', 'is destroyed']) {
        const page = await t.open({ name: way });
        const sent = t.event(t.ipcMain, 'port');
        await page.run((r) => {
          const { port1, port2 } = new MessageChannel();
          r.state.port = port1;
          r.ipcRenderer.postMessage('port', null, [port2]);
        });
        const [event] = (await sent) as [Electron.IpcMainEvent];
        const port = event.ports[0] as Electron.MessagePortMain;
        const closed = t.event(port, 'close');
        port.start();
        if (way === 'navigates') await page.load(t.site.url('next'));
        else if (way === 'crashes') page.webContents.forcefullyCrashRenderer();
        else page.window.destroy();
        await closed;
        t.log('closed', way);
      }
    },
    expected: { main: ['closed "navigates"', 'closed "crashes"', 'closed "is destroyed"'] },
  },
  {
    name: 'a port posted on a channel that nobody listens to is closed, sooner or later',
    rows: ['ports/close', 'push/no-listener'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      const { port1, port2 } = new t.electron.MessageChannelMain();
      let toRenderer = false;
      port1.once('close', () => {
        toRenderer = true;
      });
      port1.start();
      page.webContents.postMessage('nobody listens', 1, [port2]);
      await page.run((r) => {
        const { port1, port2 } = new MessageChannel();
        r.state.port = port1;
        r.ipcRenderer.postMessage('nobody listens', 1, [port2]);
      });
      // The renderer's garbage is collected when its process runs short, or as here by asking.
      while (!toRenderer) {
        await page.runInPage(() => {
          const { gc } = globalThis as { gc?: () => void };
          if (gc === undefined) throw new Error('no --expose-gc here');
          gc();
        });
      }
      t.log('closed', toRenderer);
    },
    expected: { main: ['closed true'] },
  },
  {
    name: 'ports travel in ports, and several of them with one message',
    rows: ['ports/several'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open({
        preload: (r) =>
          r.ipcRenderer.on('ports', (event, message) => {
            r.log('ports', message, event.ports.length);
            for (const [n, port] of event.ports.entries()) {
              port.onmessage = ({ data, ports }) => {
                r.lane(`port ${n}`).log('got', data, ports.length);
                ports[0]?.postMessage('through the inner port');
                port.postMessage([n, data]);
              };
            }
          }),
      });
      const { MessageChannelMain } = t.electron;
      const channels = [0, 1, 2].map(() => new MessageChannelMain());
      const inner = new MessageChannelMain();
      const through = t.event(inner.port1, 'message');
      inner.port1.start();
      page.webContents.send('ports', 'none before');
      page.webContents.postMessage(
        'ports',
        'three',
        channels.map(({ port2 }) => port2),
      );
      page.webContents.send('ports', 'none after');
      const answers = channels.map(({ port1 }) => t.event(port1, 'message'));
      for (const [n, { port1 }] of channels.entries()) {
        port1.start();
        port1.postMessage(`to ${n}`, n === 1 ? [inner.port2] : []);
      }
      for (const answer of answers)
        t.log('answer', ((await answer) as [{ data: unknown }])[0].data);
      t.log('through', ((await through) as [{ data: unknown }])[0].data);
      t.ipcMain.on('back', (event, message) => t.log('back', message, event.ports.length));
      await page.run((r) => {
        const ports = [0, 1, 2].map(() => new MessageChannel().port1);
        r.ipcRenderer.postMessage('back', 'three', ports);
        r.ipcRenderer.postMessage('back', 'none');
      });
      await t.seen('main', 'back "none"');
    },
    expected: {
      page: ['ports "none before" 0', 'ports "three" 3', 'ports "none after" 0'],
      'page:port 0': ['got "to 0" 0'],
      'page:port 1': ['got "to 1" 1'],
      'page:port 2': ['got "to 2" 0'],
      main: [
        'answer Array(2)[0, "to 0"]',
        'answer Array(2)[1, "to 1"]',
        'answer Array(2)[2, "to 2"]',
        'through "through the inner port"',
        'back "three" 3',
        'back "none" 0',
      ],
    },
  },
  {
    name: 'messages with ports keep their place among all others, both ways',
    rows: ['order/ports'],
    contexts: everywhere,
    async main(t) {
      const seen: number[] = [];
      t.ipcMain.on('go', (event, n: number) => {
        seen.push(n);
        if (event.ports?.length) t.log('with a port', n);
      });
      t.ipcMain.handle('go', (_event, n: number) => seen.push(n));
      t.ipcMain.on('sync', (event, n: number) => {
        seen.push(n);
        event.returnValue = n;
      });
      const page = await t.open({
        preload: (r) => {
          const arrived: number[] = [];
          r.ipcRenderer.on('news', (event, n: number) => {
            arrived.push(n);
            if (event.ports.length > 0) r.log('with a port', n);
            if (arrived.length === 30) {
              r.log(
                'in order',
                arrived.every((n, at) => n === at),
              );
            }
          });
        },
      });
      await page.run(async (r) => {
        const { ipcRenderer } = r;
        const answers: Promise<unknown>[] = [];
        for (let n = 0; n < 50; n += 5) {
          ipcRenderer.send('go', n);
          ipcRenderer.postMessage('go', n + 1, [new MessageChannel().port1]);
          answers.push(ipcRenderer.invoke('go', n + 2));
          ipcRenderer.postMessage('go', n + 3);
          ipcRenderer.sendSync('sync', n + 4);
        }
        await Promise.all(answers);
      });
      t.log(
        'in order',
        seen.length,
        seen.every((n, at) => n === at),
      );
      for (let n = 0; n < 30; n += 3) {
        page.webContents.send('news', n);
        page.webContents.postMessage('news', n + 1, [new t.electron.MessageChannelMain().port1]);
        page.webContents.mainFrame.send('news', n + 2);
      }
      await t.seen('page', 'in order');
    },
    expected: {
      main: [
        ...Array.from({ length: 10 }, (_, n) => `with a port ${n * 5 + 1}`),
        'in order 50 true',
      ],
      page: [...Array.from({ length: 10 }, (_, n) => `with a port ${n * 3 + 1}`), 'in order true'],
    },
  },
  {
    name: 'what a port of a page brings to main, also with a buffer that is handed over',
    rows: ['ports/buffers'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      t.ipcMain.on('port', ({ ports: [port] }) => {
        port?.on('message', ({ data }) => t.log('got', data));
        port?.start();
      });
      const page = await t.open();
      await page.run((r) => {
        const { port1, port2 } = new MessageChannel();
        r.state.port = port1;
        r.ipcRenderer.postMessage('port', null, [port2]);
        port1.postMessage({ bytes: new Uint8Array([1, 2, 3]) });
        const { buffer } = new Uint8Array([4, 5, 6]);
        port1.postMessage({ buffer }, [buffer]);
        r.log('handed over', buffer.byteLength);
        port1.postMessage('after');
      });
      await t.seen('main', 'got "after"');
    },
    expected: {
      main: [
        'got Object {bytes: Uint8Array(3 bytes at 0 of ArrayBuffer(3: 010203))}',
        'got null',
        'got "after"',
      ],
      page: ['handed over 0'],
    },
  },
  {
    name: 'a transfer list that is refused sends nothing, and what comes next is in order',
    rows: ['errors/transfer', 'order/ports'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('go', (event, n) => t.log('go', n, event.ports?.length));
      const done = t.received('done');
      const page = await t.open({
        preload: (r) =>
          r.ipcRenderer.on('news', (event, n) => r.log('news', n, event.ports.length)),
      });
      await page.run(async (r) => {
        // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
        const ipc = r.ipcRenderer as any;
        const { port1 } = new MessageChannel();
        ipc.send('go', 1);
        await r.attempt('no ports', () => ipc.postMessage('go', 2, [{}]));
        ipc.send('go', 3);
        await r.attempt('unclonable', () => ipc.postMessage('go', () => {}, [port1]));
        await r.attempt('still good', () => ipc.postMessage('go', 4, [port1]));
        await r.attempt('used', () => ipc.postMessage('go', 5, [port1]));
        await r.attempt('bad channel', () => ipc.postMessage(7, 5, [port1]));
        ipc.send('go', 6);
        ipc.send('done');
      });
      await done;
      const { webContents } = page;
      const { port1 } = new t.electron.MessageChannelMain();
      webContents.send('news', 1);
      await t.attempt('no ports', () => webContents.postMessage('news', 2, [{} as never]));
      webContents.send('news', 3);
      await t.attempt('unclonable', () => webContents.postMessage('news', () => {}, [port1]));
      await t.attempt('still good', () => webContents.postMessage('news', 4, [port1]));
      await t.attempt('used', () => webContents.mainFrame.postMessage('news', 5, [port1]));
      webContents.send('news', 6);
      await t.seen('page', 'news 6');
    },
    expected: {
      main: [
        'go 1 undefined',
        'go 3 undefined',
        'go 4 1',
        'go 6 undefined',
        'no ports threw Error("Error: Invalid value for transfer")',
        'unclonable threw Error("Error: An object could not be cloned.")',
        'still good returned undefined',
        'used threw Error("Error: Port at index 0 is already neutered.")',
      ],
      page: [
        'no ports threw TypeError("TypeError: Invalid value for transfer")',
        'unclonable threw Error("Error: An object could not be cloned.")',
        'still good returned undefined',
        'used threw TypeError("TypeError: Invalid value for transfer")',
        'bad channel threw TypeError("TypeError: Error processing argument at index 0, conversion failure from ")',
        'news 1 0',
        'news 3 0',
        'news 4 1',
        'news 6 0',
      ],
    },
  },
];
export default scenarios;
