import type { MainKit } from '../../harness/main-kit.ts';
import type { Page } from '../../harness/page.ts';
import { everywhere, type Scenario } from '../../harness/scenario.ts';

/** One message of every kind, both ways. */
async function talk(t: MainKit, page: Page, when: string): Promise<void> {
  const posted = t.received('post');
  await page.run(async (r, when) => {
    const news = new Promise((heard) => {
      r.ipcRenderer.once('news', (_event, ...args) => heard(args));
    });
    r.ipcRenderer.send('send', when);
    r.log('sync', r.ipcRenderer.sendSync('sync', when));
    r.log('invoke', await r.ipcRenderer.invoke('invoke', when));
    r.log('news', await news);
    r.ipcRenderer.postMessage('post', when, [new MessageChannel().port1]);
  }, when);
  t.log('posted', await posted);
}

const scenarios: readonly Scenario[] = [
  {
    name: 'the developer tools open and close next to a window that goes on talking',
    rows: ['context/devtools'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('send', (event, when) => {
        t.log('sent', when);
        event.reply('news', when);
      });
      t.ipcMain.on('sync', (event, when) => {
        event.returnValue = when;
      });
      t.ipcMain.handle('invoke', (_event, when) => when);
      const page = await t.open();
      const { webContents } = page;
      await talk(t, page, 'before');
      const opened = t.event(webContents, 'devtools-opened');
      webContents.openDevTools({ mode: 'detach', activate: false });
      await opened;
      const tools = webContents.devToolsWebContents as Electron.WebContents;
      t.log('tools', new URL(tools.getURL()).protocol);
      await t.onPath(tools.mainFrame, 'stock');
      // What its front end can do shows that nothing of it was replaced.
      t.log('works', await tools.executeJavaScript('typeof InspectorFrontendHost + 1 + 1'));
      await talk(t, page, 'with the tools open');
      const closed = t.event(webContents, 'devtools-closed');
      webContents.closeDevTools();
      await closed;
      await talk(t, page, 'after');
    },
    expected: {
      main: [
        'sent "before"',
        'posted Array(1)["before"]',
        'tools "devtools:"',
        'works "object11"',
        'sent "with the tools open"',
        'posted Array(1)["with the tools open"]',
        'sent "after"',
        'posted Array(1)["after"]',
      ],
      page: ['before', 'with the tools open', 'after'].flatMap((when) => [
        `sync "${when}"`,
        `invoke "${when}"`,
        `news Array(1)["${when}"]`,
      ]),
    },
  },
];
export default scenarios;
