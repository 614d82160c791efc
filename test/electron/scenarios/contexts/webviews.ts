import type { WebContents, WebviewTag } from 'electron';
import { misuseName } from '../../expected/by-version.ts';
import type { MainKit } from '../../harness/main-kit.ts';
import type { Page } from '../../harness/page.ts';
import type { Scenario } from '../../harness/scenario.ts';

/** Puts a webview with the page's own preload into a page, and returns its guest, loaded. */
async function attachView(t: MainKit, page: Page, url: string): Promise<WebContents> {
  const attached = t.event(page.webContents, 'did-attach-webview');
  const ready = page.runInPage(
    (url, preload) =>
      new Promise<void>((done) => {
        const view = document.createElement('webview') as WebviewTag;
        view.setAttribute('preload', `file://${preload}`);
        view.setAttribute('webpreferences', 'sandbox=no,contextIsolation=no');
        view.src = url;
        view.addEventListener('did-finish-load', () => done());
        document.body.append(view);
      }),
    url,
    page.preload,
  );
  const [, guest] = (await attached) as [unknown, WebContents];
  await ready;
  // A guest is no freer than its host.
  await t.onPath(guest.mainFrame, t.context === 'sandboxed' ? 'stock' : 'ring');
  return guest;
}

const scenarios: readonly Scenario[] = [
  {
    name: 'send and sendToFrame of a webview are promises, and keep their order',
    rows: ['webview/send', 'webview/send-to-frame'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open({ webPreferences: { webviewTag: true } });
      const guest = await attachView(t, page, t.site.url('guest'));
      await page.in(guest.mainFrame).run((r) => {
        r.ipcRenderer.on('news', (event, ...args) => {
          r.lane('guest').log('news', args, event.sender === r.ipcRenderer, event.ports.length);
        });
      });
      const { processId, routingId } = guest.mainFrame;
      const results = await page.runInPage(
        async (frame, unknown) => {
          const view = document.querySelector('webview') as WebviewTag;
          const told: string[] = [];
          const sent = view.send('news', 1);
          told.push(`send ${sent instanceof Promise} ${await sent}`);
          const more = [view.send('news', 2), view.sendToFrame(frame, 'news', 3)];
          more.push(view.send('news', 4, { deep: [new Date(0)] }));
          for (const result of await Promise.all(more)) told.push(`then ${result}`);
          told.push(`unknown frame ${await view.sendToFrame(unknown, 'news', 5)}`);
          // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
          const any = view as any;
          told.push(`no frame ${await any.sendToFrame(undefined, 'news').catch(String)}`);
          told.push(`bad channel ${await any.send(7).catch(String)}`);
          told.push(`unclonable ${await any.send('news', () => {}).catch(String)}`);
          return told;
        },
        [processId, routingId] as [number, number],
        [processId, 4711] as [number, number],
      );
      for (const result of results) t.log(result);
      await t.seen('page:guest', 'news Array(2)[4');
    },
    expected: (_context, electron) => ({
      main: [
        'send true undefined',
        'then undefined',
        'then true',
        'then undefined',
        'unknown frame false',
        "no frame Error: Error invoking remote method 'GUEST_VIEW_MANAGER_CALL': Error: Missing required frame argument (must be number or [processId, frameId])",
        `bad channel Error: Error invoking remote method 'GUEST_VIEW_MANAGER_CALL': ${misuseName(electron)}: Missing required channel argument`,
        'unclonable Error: An object could not be cloned.',
      ],
      'page:guest': [
        'news Array(1)[1] true 0',
        'news Array(1)[2] true 0',
        'news Array(1)[3] true 0',
        'news Array(2)[4, Object {deep: Array(1)[Date(1970-01-01T00:00:00.000Z)]}] true 0',
      ],
    }),
  },
  {
    name: 'a webview that is not attached says so at once',
    rows: ['webview/not-attached'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open({ webPreferences: { webviewTag: true } });
      const told = await page.runInPage(() => {
        const view = document.createElement('webview') as WebviewTag;
        return [() => view.send('news', 1), () => view.sendToFrame([1, 1], 'news', 2)].map(
          (call) => {
            try {
              return `returned ${call()}`;
            } catch (error) {
              return `threw ${error}`;
            }
          },
        );
      });
      for (const line of told) t.log(line);
    },
    expected: {
      main: new Array(2).fill(
        'threw Error: The WebView must be attached to the DOM and the dom-ready event emitted before this method can be called.',
      ),
    },
  },
  {
    name: 'what a guest sends to its host and to main arrives in the order of its calls',
    rows: ['webview/send-to-host', 'context/webview'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open({ webPreferences: { webviewTag: true } });
      const guest = await attachView(t, page, t.site.url('guest'));
      const emitter = guest as WebContents & NodeJS.EventEmitter;
      for (const name of ['ipc-message-host', '-ipc-message-host']) {
        emitter.on(name, (_event, channel, args) => t.log('to the host', channel, args));
      }
      t.ipcMain.on('tell', (event, n) => t.log('to main', n, event.sender === guest));
      t.ipcMain.on('ask', (event, n) => {
        t.log('asked', n);
        event.returnValue = n;
      });
      const heard = page.runInPage(
        () =>
          new Promise<unknown[]>((done) => {
            const seen: unknown[] = [];
            const view = document.querySelector('webview') as WebviewTag;
            view.addEventListener('ipc-message', ({ channel, args, frameId }) => {
              const [, value] = args as [unknown, { a?: Map<number, bigint> }?];
              seen.push([channel, args[0], String(value?.a?.get(1)), frameId.length]);
              if (seen.length === 3) done(seen);
            });
          }),
      );
      await page.in(guest.mainFrame).run((r) => {
        const { ipcRenderer } = r;
        ipcRenderer.send('tell', 1);
        ipcRenderer.sendToHost('host', 2, { a: new Map([[1, 2n]]) });
        ipcRenderer.send('tell', 3);
        ipcRenderer.sendToHost('host');
        ipcRenderer.sendSync('ask', 5);
        ipcRenderer.sendToHost('host', 6);
        ipcRenderer.send('tell', 7);
      });
      const seen = await heard;
      await t.seen('main', 'to main 7');
      t.log('heard', seen);
    },
    expected: {
      main: [
        'to main 1 true',
        'to the host "host" Array(2)[2, Object {a: Map(1 => 2n)}]',
        'to main 3 true',
        'to the host "host" Array(0)[]',
        'asked 5',
        'to the host "host" Array(1)[6]',
        'to main 7 true',
        'heard Array(3)[Array(4)["host", 2, "2", 2], Array(4)["host", null, "undefined", 2], Array(4)["host", 6, "undefined", 2]]',
      ],
    },
  },
];
export default scenarios;
