import type { Scenario } from '../../harness/scenario.ts';

const heard = Array.from({ length: 18 }, (_, n) => `Array(1)[${n + 2}]`);

const scenarios: readonly Scenario[] = [
  {
    name: 'send and sendToFrame of a webview are promises, and say when there is no guest',
    rows: ['context/webview'],
    contexts: ['isolated', 'node'],
    async main(t) {
      const preload = t.file(
        'guest-promises.js',
        [
          "const { ipcRenderer } = require('electron');",
          "ipcRenderer.on('news', (_event, ...args) => ipcRenderer.sendToHost('heard', ...args));",
        ].join('\n'),
      );
      t.ipcMain.handle('frame', (event) => [event.processId, event.frameId]);
      const page = await t.open({ webPreferences: { webviewTag: true } });
      const { told, heard } = await page.runInPage(
        async (url, preload) => {
          const told: unknown[] = [];
          const heard: unknown[] = [];
          const view = document.createElement('webview') as Electron.WebviewTag;
          try {
            await view.send('news', 0);
          } catch (error) {
            told.push(String(error));
          }
          view.setAttribute('preload', `file://${preload}`);
          view.setAttribute('webpreferences', 'sandbox=no');
          view.src = url;
          const ready = new Promise((done) => view.addEventListener('dom-ready', done));
          const all = new Promise<void>((done) => {
            view.addEventListener('ipc-message', ({ channel, args }) => {
              heard.push(args);
              if (args[0] === 'last') done();
            });
          });
          document.body.append(view);
          await ready;
          told.push(await view.send('news', 1, [2]));
          try {
            await view.sendToFrame([-1, -1], 'news', 'nowhere');
            told.push('sent nowhere');
          } catch (error) {
            told.push(String(error));
          }
          for (let n = 2; n < 20; n++) void view.send('news', n);
          await view.send('news', 'last');
          await all;
          return { told, heard };
        },
        t.site.url('guest with promises'),
        preload,
      );
      t.log('told', told);
      t.log('heard', heard);
    },
    expected: {
      main: [
        'told Array(3)["Error: The WebView must be attached to the DOM and the dom-ready event emitted before this method can be called.", null, "sent nowhere"]',
        `heard Array(20)[Array(2)[1, Array(1)[2]], ${heard.join(', ')}, Array(1)["last"]]`,
      ],
    },
  },
  {
    name: 'what a guest sends to its host and to main arrives in the order of the calls',
    rows: ['context/webview', 'order/guest'],
    contexts: ['isolated', 'node'],
    async main(t) {
      const preload = t.file(
        'guest-order.js',
        [
          "const { ipcRenderer } = require('electron');",
          "ipcRenderer.on('begin', () => {",
          '  for (let n = 0; n < 30; n++) {',
          "    ipcRenderer.send('told', 3 * n);",
          "    ipcRenderer.sendToHost('told', 3 * n + 1);",
          "    ipcRenderer.sendSync('told', 3 * n + 2);",
          '  }',
          "  ipcRenderer.sendToHost('end');",
          '});',
        ].join('\n'),
      );
      const order: number[] = [];
      t.ipcMain.on('told', (event, n: number) => {
        order.push(n);
        event.returnValue = n;
      });
      const page = await t.open({ webPreferences: { webviewTag: true } });
      page.webContents.on('did-attach-webview', (_event, guest) => {
        guest.on('ipc-message-host' as never, (_e: unknown, _channel: string, [n]: [number]) => {
          if (n !== undefined) order.push(n);
        });
      });
      const heard = await page.runInPage(
        (url, preload) =>
          new Promise<number[]>((done) => {
            const heard: number[] = [];
            const view = document.createElement('webview') as Electron.WebviewTag;
            view.setAttribute('preload', `file://${preload}`);
            view.setAttribute('webpreferences', 'sandbox=no');
            view.src = url;
            view.addEventListener('dom-ready', () => void view.send('begin'));
            view.addEventListener('ipc-message', ({ channel, args: [n] }) => {
              if (channel === 'end') done(heard);
              else heard.push(n);
            });
            document.body.append(view);
          }),
        t.site.url('guest in order'),
        preload,
      );
      t.log(
        'main',
        order.length,
        order.every((n, at) => n === at),
      );
      t.log(
        'host',
        heard.length,
        heard.every((n, at) => n === 3 * at + 1),
      );
    },
    expected: { main: ['main 90 true', 'host 30 true'] },
  },
];

export default scenarios;
