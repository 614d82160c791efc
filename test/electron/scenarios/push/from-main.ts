import { misuseThrown } from '../../expected/by-version.ts';
import { everywhere, type Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'every way of sending to a frame arrives, in the order of the calls',
    rows: ['push/ways', 'order/push'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open({
        preload: (r) => r.ipcRenderer.on('news', (_event, ...args) => r.log('news', args)),
      });
      const { webContents } = page;
      const { mainFrame } = webContents;
      t.log('send', webContents.send('news', 'webContents.send', 1));
      t.log('frame', mainFrame.send('news', 'frame.send', 2));
      t.log('id', webContents.sendToFrame(mainFrame.routingId, 'news', 'sendToFrame', 3));
      t.log(
        'ids',
        webContents.sendToFrame([mainFrame.processId, mainFrame.routingId], 'news', 'by ids', 4),
      );
      webContents.postMessage('news', ['webContents.postMessage', 5]);
      mainFrame.postMessage('news', ['frame.postMessage', 6]);
      webContents.send('news', 'webContents.send', 7);
      await t.seen('page', 'news Array(2)["webContents.send", 7]');
    },
    expected: {
      main: ['send undefined', 'frame undefined', 'id true', 'ids true'],
      page: [
        'news Array(2)["webContents.send", 1]',
        'news Array(2)["frame.send", 2]',
        'news Array(2)["sendToFrame", 3]',
        'news Array(2)["by ids", 4]',
        'news Array(1)[Array(2)["webContents.postMessage", 5]]',
        'news Array(1)[Array(2)["frame.postMessage", 6]]',
        'news Array(2)["webContents.send", 7]',
      ],
    },
  },
  {
    name: 'event.reply goes to the frame that sent, from send and from sendSync, also later',
    rows: ['event/reply'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('ask', (event, how: string) => {
        t.log(how, event.reply('answer', how, 'now'));
        setImmediate(() => event.reply('answer', how, 'later'));
        event.returnValue = null;
      });
      const page = await t.open();
      const other = await t.open({ name: 'other' });
      for (const one of [other, page]) {
        await one.run((r) => {
          r.ipcRenderer.on('answer', (_event, ...args) => r.log('answer', args));
        });
      }
      await page.run((r) => r.ipcRenderer.send('ask', 'send'));
      await t.seen('page', 'answer Array(2)["send", "later"]');
      await page.run((r) => r.ipcRenderer.sendSync('ask', 'sendSync'));
      await t.seen('page', 'answer Array(2)["sendSync", "later"]');
    },
    expected: {
      main: ['send undefined', 'sendSync undefined'],
      page: [
        'answer Array(2)["send", "now"]',
        'answer Array(2)["send", "later"]',
        'answer Array(2)["sendSync", "now"]',
        'answer Array(2)["sendSync", "later"]',
      ],
      other: [],
    },
  },
  {
    name: 'a bad channel in event.reply is thrown',
    rows: ['event/reply'],
    async main(t) {
      t.ipcMain.on('ask', (event) => {
        t.attempt('reply', () => event.reply(undefined as unknown as string));
        t.attempt('reply', () => event.reply(7 as unknown as string, 1));
      });
      const asked = t.received('ask');
      const page = await t.open();
      await page.run((r) => r.ipcRenderer.send('ask'));
      await asked;
    },
    expected: (_context, electron) => ({
      main: misuseThrown(electron, [
        'reply threw Error("Error: Missing required channel argument")',
        'reply threw Error("Error: Missing required channel argument")',
      ]),
    }),
  },
  {
    name: 'messages that nobody listens for are lost, silently',
    rows: ['push/no-listener'],
    contexts: ['isolated', 'node'],
    async main(t) {
      const page = await t.open({
        preload: (r) => r.ipcRenderer.on('mark', () => r.log('marked')),
      });
      page.webContents.send('news', 1);
      page.webContents.postMessage('news', 2);
      page.webContents.send('mark');
      await t.seen('page', 'marked');
      await page.run((r) => {
        r.ipcRenderer.on('news', (_event, n) => r.log('news', n));
        r.ipcRenderer.send('nobody listens', 1);
      });
      page.webContents.send('news', 3);
      await t.seen('page', 'news 3');
    },
    expected: { page: ['marked', 'news 3'], console: [] },
  },
  {
    name: 'messages sent before the first load arrive when the preload has run',
    rows: ['lifetime/before-load'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open({
        load: false,
        preload: (r) => r.ipcRenderer.on('early', (_event, n) => r.log('early', n)),
      });
      page.webContents.send('early', 1);
      page.webContents.send('early', 2);
      page.webContents.once('did-start-loading', () => page.webContents.send('early', 'starting'));
      page.webContents.once('did-start-navigation', () => page.webContents.send('early', 'moving'));
      page.webContents.once('did-navigate', () => page.webContents.send('early', 'there'));
      page.webContents.once('dom-ready', () => page.webContents.send('early', 'ready'));
      const loaded = page.load(t.site.url());
      page.webContents.send('early', 3);
      await loaded;
      page.webContents.send('early', 'loaded');
      await t.seen('page', 'early "loaded"');
    },
    expected: {
      page: [
        'early 1',
        'early 2',
        'early "starting"',
        'early "moving"',
        'early 3',
        'early "there"',
        'early "ready"',
        'early "loaded"',
      ],
    },
  },
  {
    name: 'sending to a destroyed window throws, replying to one does not',
    rows: ['push/destroyed', 'lifetime/destroyed'],
    contexts: ['isolated', 'node'],
    async main(t) {
      const page = await t.open();
      const asked = t.event(t.ipcMain, 'ask');
      const invoked = new Promise<Electron.IpcMainInvokeEvent>((called) => {
        t.ipcMain.handle('never', (event) => {
          called(event);
          return new Promise(() => {});
        });
      });
      page.start((r) => r.ipcRenderer.invoke('never'));
      page.start((r) => r.ipcRenderer.sendSync('ask'));
      const [event] = (await asked) as [Electron.IpcMainEvent];
      const { sender, senderFrame } = event;
      t.log('frame', senderFrame === sender.mainFrame);
      const gone = t.event(sender, 'destroyed');
      page.window.destroy();
      await gone;
      t.log('isDestroyed', sender.isDestroyed());
      await t.attempt('send', () => sender.send('note', 1));
      await t.attempt('postMessage', () => sender.postMessage('note', 1));
      await t.attempt('reply', () => event.reply('note', 1));
      await t.attempt('frame.send', () => senderFrame?.send('note', 1));
      await t.attempt('frame.postMessage', () => senderFrame?.postMessage('note', 1));
      await t.attempt('returnValue', () => {
        event.returnValue = 'too late';
      });
      t.log('invoked', (await invoked).sender === sender);
    },
    expected: {
      main: [
        'frame true',
        'isDestroyed true',
        'send threw TypeError("TypeError: Object has been destroyed")',
        'postMessage threw TypeError("TypeError: Object has been destroyed")',
        'reply returned undefined',
        'frame.send returned undefined',
        'frame.postMessage threw Error("Error: Render frame was disposed before WebFrameMain could be accessed")',
        'returnValue returned undefined',
        'invoked true',
      ],
      console: [
        'error: Error sending from webFrameMain:  Error("Error: Render frame was disposed before WebFrameMain could be accessed")',
      ],
    },
  },
];
export default scenarios;
