import { everywhere, type Scenario } from '../../harness/scenario.ts';

/** A renderer makes this many calls, of a kind that depends on the number. */
const calls = 1000;
const numbers = Array.from({ length: calls }, (_, n) => n);

const four = ['one', 'two', 'three', 'four'];

const scenarios: readonly Scenario[] = [
  {
    name: 'a thousand mixed calls arrive in the order in which they were made',
    rows: ['order/mixed'],
    contexts: everywhere,
    async main(t) {
      const seen: string[] = [];
      t.ipcMain.on('send', (_event, n: number) => seen.push(`${n} send`));
      t.ipcMain.on('sync', (event, n: number) => {
        seen.push(`${n} sync`);
        event.returnValue = n;
      });
      t.ipcMain.handle('invoke', (_event, n: number) => {
        seen.push(`${n} invoke`);
        return n;
      });
      t.ipcMain.on('post', (event, n: number) => {
        seen.push(`${n} post with ${event.ports.length}`);
      });
      const page = await t.open();
      const contents = page.webContents as Electron.WebContents & NodeJS.EventEmitter;
      for (const name of ['ipc-message-host', '-ipc-message-host']) {
        contents.on(name, (_event, _channel, [n]: [number]) => seen.push(`${n} host`));
      }
      await page.run(async (r, calls) => {
        const { ipcRenderer } = r;
        const invoked: Promise<number>[] = [];
        const wrong: number[] = [];
        for (let n = 0; n < calls; n++) {
          switch ((n * 7) % 11) {
            case 0:
              if (ipcRenderer.sendSync('sync', n) !== n) wrong.push(n);
              break;
            case 1:
            case 2:
              invoked.push(ipcRenderer.invoke('invoke', n));
              break;
            case 3:
              ipcRenderer.postMessage('post', n);
              break;
            case 4:
              ipcRenderer.postMessage('post', n, [new MessageChannel().port1]);
              break;
            case 5:
              ipcRenderer.sendToHost('host', n);
              break;
            default:
              ipcRenderer.send('send', n);
          }
        }
        r.log('invoked', (await Promise.all(invoked)).length, 'wrong', wrong);
        ipcRenderer.sendSync('sync', calls);
      }, calls);
      seen.pop();
      t.log(
        'in order',
        seen.map((text) => Number.parseInt(text, 10)).every((n, at) => n === at),
      );
      t.log('all', seen.length);
      t.log('kinds', seen.slice(0, 12));
    },
    expected: {
      main: [
        'in order true',
        `all ${calls}`,
        'kinds Array(12)["0 sync", "1 send", "2 post with 0", "3 send", "4 send", "5 invoke", "6 send", "7 host", "8 invoke", "9 send", "10 post with 1", "11 sync"]',
      ],
      page: [
        `invoked ${numbers.filter((n) => [1, 2].includes((n * 7) % 11)).length} "wrong" Array(0)[]`,
      ],
    },
  },
  {
    name: 'calls made while the page loads arrive in their order',
    rows: ['order/while-loading'],
    contexts: everywhere,
    async main(t) {
      const seen: number[] = [];
      t.ipcMain.on('early', (event, n: number) => {
        seen.push(n);
        event.returnValue = n;
      });
      t.ipcMain.handle('early', (_event, n: number) => {
        seen.push(n);
        return n;
      });
      const all = t.received('end');
      await t.open({
        preload: (r) => {
          let n = 0;
          const { ipcRenderer } = r;
          const some = (): void => {
            for (let i = 0; i < 4; i++) {
              ipcRenderer.send('early', n++);
              ipcRenderer.invoke('early', n++);
              ipcRenderer.postMessage('early', n++, [new MessageChannel().port2]);
            }
          };
          some();
          ipcRenderer.sendSync('early', n++);
          some();
          Promise.resolve().then(some);
          setTimeout(some, 0);
          window.addEventListener('DOMContentLoaded', some);
          window.addEventListener('load', () => {
            some();
            let turns = 0;
            const later = (): void => {
              some();
              if (++turns < 20) setTimeout(later, 2);
              else ipcRenderer.send('end', n);
            };
            later();
          });
        },
      });
      const [count] = await all;
      t.log('all', seen.length, count);
      t.log(
        'in order',
        seen.every((n, at) => n === at),
      );
    },
    expected: { main: ['all 313 313', 'in order true'] },
  },
  {
    name: 'ports that windows send first thing arrive in their order, however busy main is',
    rows: ['order/while-loading', 'order/ports'],
    contexts: everywhere,
    async main(t) {
      // Main may hear of a window's ports before it knows that the window has connected.
      const busy = setInterval(() => {
        const end = performance.now() + 5;
        while (performance.now() < end);
      }, 0);
      const seen = new Map<Electron.WebContents, number[]>();
      t.ipcMain.on('early', (event, n: number) => {
        seen.set(event.sender, [...(seen.get(event.sender) ?? []), n]);
      });
      for (const name of four) {
        const last = t.received('last');
        const page = await t.open({
          name,
          preload: (r) => {
            const { ipcRenderer } = r;
            for (let n = 0; n < 4; n += 2) {
              ipcRenderer.postMessage('early', n, [new MessageChannel().port2]);
              ipcRenderer.send('early', n + 1);
            }
            ipcRenderer.send('last');
          },
        });
        await last;
        t.log(name, seen.get(page.webContents));
      }
      clearInterval(busy);
    },
    expected: {
      main: four.map((name) => `${name} Array(4)[0, 1, 2, 3]`),
    },
  },
  {
    name: 'messages from main arrive in order while the page loads and after',
    rows: ['order/push'],
    contexts: everywhere,
    async main(t) {
      let n = 0;
      const page = await t.open({
        load: false,
        preload: (r) => {
          const seen: number[] = [];
          r.ipcRenderer.on('news', (_event, n) => seen.push(n));
          r.ipcRenderer.on('end', (_event, count) => {
            r.log('all', seen.length, count);
            r.log(
              'in order',
              seen.every((n, at) => n === at),
            );
          });
        },
      });
      const some = (): void => {
        for (let i = 0; i < 3; i++) {
          page.webContents.send('news', n++);
          page.webContents.mainFrame.postMessage('news', n++);
          const { port1 } = new t.electron.MessageChannelMain();
          page.webContents.postMessage('news', n++, [port1]);
        }
      };
      const events = ['did-navigate', 'dom-ready', 'did-frame-finish-load', 'did-stop-loading'];
      for (const name of events) (page.webContents as NodeJS.EventEmitter).once(name, some);
      await page.load(t.site.url());
      for (let turn = 0; turn < 20; turn++) {
        some();
        await new Promise((later) => setImmediate(later));
      }
      page.webContents.send('end', n);
      await t.seen('page', 'in order');
    },
    expected: { page: ['all 216 216', 'in order true'] },
  },
  {
    name: 'two windows talk at once, each in its order and with its own sender',
    rows: ['order/windows'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const pages = await Promise.all(
        ['one', 'two', 'three'].map((name) => t.open({ name, webPreferences: {} })),
      );
      const seen = new Map<Electron.WebContents, number[]>();
      t.ipcMain.on('count', (event, n: number) => {
        const known = seen.get(event.sender) ?? [];
        seen.set(event.sender, [...known, n]);
        event.reply('back', n);
        event.returnValue = n;
      });
      await Promise.all(
        pages.map((page) =>
          page.run(
            (r) =>
              new Promise<void>((done) => {
                const back: number[] = [];
                r.ipcRenderer.on('back', (_event, n) => {
                  back.push(n);
                  if (back.length < 200) return;
                  r.log(
                    'in order',
                    back.every((n, at) => n === at),
                  );
                  done();
                });
                for (let n = 0; n < 200; n++) {
                  if (n % 10 === 9) r.ipcRenderer.sendSync('count', n);
                  else r.ipcRenderer.send('count', n);
                }
              }),
          ),
        ),
      );
      for (const { name, webContents } of pages) {
        const numbers = seen.get(webContents) ?? [];
        t.log(
          name,
          numbers.length,
          numbers.every((n, at) => n === at),
        );
      }
    },
    expected: {
      main: ['one 200 true', 'two 200 true', 'three 200 true'],
      one: ['in order true'],
      two: ['in order true'],
      three: ['in order true'],
    },
  },
];
export default scenarios;
