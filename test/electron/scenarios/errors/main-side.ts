import { hasNativeFrame, misuseThrown } from '../../expected/by-version.ts';
import { everywhere, type Scenario } from '../../harness/scenario.ts';

const withFrames = { nodeIntegrationInSubFrames: true };
const disposed = 'Render frame was disposed before WebFrameMain could be accessed';
const insufficient = 'TypeError("TypeError: Insufficient number of arguments.")';
const noFrame =
  'Error("Error: Missing required frame argument (must be number or [processId, frameId])")';

const scenarios: readonly Scenario[] = [
  {
    name: 'which frames sendToFrame takes, and what it returns',
    rows: ['push/send-to-frame'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open({
        preload: (r) => r.ipcRenderer.on('news', (_event, ...args) => r.log('news', args)),
      });
      const { processId, routingId } = page.webContents.mainFrame;
      // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
      const contents = page.webContents as any;
      for (const frame of [undefined, null, 'one', {}, [], [processId], [processId, 'one']]) {
        await t.attempt(t.describe(frame).replace(String(processId), 'pid'), () =>
          contents.sendToFrame(frame, 'news', 0),
        );
      }
      await t.attempt('unknown', () => contents.sendToFrame(4711, 'news', 1));
      await t.attempt('unknown, bad channel', () => contents.sendToFrame(4711, 7));
      await t.attempt('unknown process', () => contents.sendToFrame([4711, routingId], 'news', 2));
      await t.attempt('its number', () => contents.sendToFrame(routingId, 'news', 3));
      await t.attempt('both', () => contents.sendToFrame([processId, routingId], 'news', 4));
      await t.attempt('unclonable', () => contents.sendToFrame(routingId, 'news', () => {}));
      page.webContents.send('news', 'last');
      await t.seen('page', 'news Array(1)["last"]');
    },
    expected: {
      main: [
        ...['undefined', 'null', '"one"', 'Object {}', 'Array(0)[]', 'Array(1)[pid]'].map(
          (frame) => `${frame} threw ${noFrame}`,
        ),
        `Array(2)[pid, "one"] threw ${noFrame}`,
        'unknown returned false',
        'unknown, bad channel returned false',
        'unknown process returned false',
        'its number returned true',
        'both returned true',
        'unclonable returned true',
      ],
      console: [
        'error: Error sending from webFrameMain:  Error("Error: Failed to serialize arguments")',
      ],
      page: ['news Array(1)[3]', 'news Array(1)[4]', 'news Array(1)["last"]'],
    },
  },
  {
    name: 'postMessage of main without its arguments',
    rows: ['push/post-arguments'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open({
        preload: (r) => r.ipcRenderer.on('news', (_event, ...args) => r.log('news', args)),
      });
      // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
      const contents = page.webContents as any;
      for (const [name, target] of [
        ['window', contents],
        ['frame', contents.mainFrame],
      ] as const) {
        await t.attempt(`${name}: nothing`, () => target.postMessage());
        await t.attempt(`${name}: a channel`, () => target.postMessage('news'));
        await t.attempt(`${name}: null`, () => target.postMessage(null));
        await t.attempt(`${name}: null and a message`, () => target.postMessage(null, 1));
        await t.attempt(`${name}: bad channel, bad message`, () => target.postMessage(7, () => {}));
        await t.attempt(`${name}: bad message, bad list`, () =>
          target.postMessage('news', () => {}, null),
        );
        await t.attempt(`${name}: undefined`, () => target.postMessage('news', undefined));
        await t.attempt(`${name}: empty list`, () => target.postMessage('news', name, []));
      }
      await t.seen('page', 'news Array(1)["frame"]');
    },
    expected: {
      main: ['window', 'frame'].flatMap((name) => [
        `${name}: nothing threw ${insufficient}`,
        `${name}: a channel threw ${insufficient}`,
        `${name}: null threw ${insufficient}`,
        `${name}: null and a message threw TypeError("TypeError: Error processing argument at index 0, conversion failure from null")`,
        `${name}: bad channel, bad message threw TypeError("TypeError: Error processing argument at index 0, conversion failure from ")`,
        `${name}: bad message, bad list threw Error("Error: An object could not be cloned.")`,
        `${name}: undefined returned undefined`,
        `${name}: empty list returned undefined`,
      ]),
      page: [
        'news Array(1)[undefined]',
        'news Array(1)["window"]',
        'news Array(1)[undefined]',
        'news Array(1)["frame"]',
      ],
    },
  },
  {
    name: 'postMessage and sendToHost of a renderer without their arguments',
    rows: ['errors/renderer-arguments'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('go', (event, ...args) => t.log('go', args, event.ports));
      const done = t.received('done');
      const page = await t.open();
      await page.run(async (r) => {
        // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
        const ipc = r.ipcRenderer as any;
        await r.attempt('only a channel', () => ipc.postMessage('go'));
        await r.attempt('more than it takes', () => ipc.postMessage('go', 1, undefined, 2, 3));
        await r.attempt('bad channel, bad list', () => ipc.postMessage(null, 1, null));
        await r.attempt('bad message, bad list', () => ipc.postMessage('go', () => {}, 7));
        await r.attempt('send only a channel', () => ipc.send('go'));
        await r.attempt('sendToHost without a host', () => ipc.sendToHost('go', 1));
        await r.attempt('sendToHost bad', () => ipc.sendToHost('go', () => {}));
        ipc.send('done');
      });
      await done;
    },
    expected: {
      main: [
        'go Array(1)[undefined] Array(0)[]',
        'go Array(1)[1] Array(0)[]',
        'go Array(0)[] undefined',
      ],
      page: [
        'only a channel returned undefined',
        'more than it takes returned undefined',
        'bad channel, bad list threw TypeError("TypeError: Error processing argument at index 0, conversion failure from null")',
        'bad message, bad list threw Error("Error: An object could not be cloned.")',
        'send only a channel returned undefined',
        'sendToHost without a host returned undefined',
        'sendToHost bad threw Error("Error: An object could not be cloned.")',
      ],
    },
  },
  {
    name: 'a frame that is gone: what can still be asked of it and of its events',
    rows: ['event/sender-frame-gone', 'push/disposed-frame', 'event/reply-gone', 'main/frame-ids'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const { webFrameMain } = t.electron;
      const page = await t.open({
        webPreferences: withFrames,
        url: t.site.url(`<iframe name="near" src="${t.site.url('child')}"></iframe>`),
      });
      t.ipcMain.on('ping', (event) => {
        event.returnValue = true;
      });
      const { frame, ...near } = page.child('near');
      const { processId, routingId } = frame;
      const sent = t.event(t.ipcMain, 'tell');
      await near.run((r) => r.ipcRenderer.send('tell', 1));
      const [event] = (await sent) as [Electron.IpcMainEvent];
      t.log('known', webFrameMain.fromId(processId, routingId) === frame);
      await page.runInPage(() => document.querySelector('iframe')?.remove());
      await page.run((r) => r.attempt('ping', () => r.ipcRenderer.sendSync('ping')));
      t.log('senderFrame', event.senderFrame);
      t.log('ids', event.processId === processId, event.frameId === routingId);
      t.log('unknown', webFrameMain.fromId(processId, routingId), webFrameMain.fromId(1, 4711));
      await t.attempt('reply', () => event.reply('news', 1));
      await t.attempt('send', () => frame.send('news', 2));
      await t.attempt('postMessage', () => frame.postMessage('news', 3));
      await t.attempt('url', () => frame.url);
      await t.attempt('sendToFrame', () => page.webContents.sendToFrame(routingId, 'news', 4));
      // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
      await t.attempt('bad channel', () => (frame as any).send(7));
    },
    expected: (_context, electron) => ({
      main: misuseThrown(electron, [
        'known true',
        `senderFrame ${hasNativeFrame(electron) ? null : undefined}`,
        'ids true true',
        'unknown undefined undefined',
        'reply returned undefined',
        'send returned undefined',
        `postMessage threw Error("Error: ${disposed}")`,
        `url threw Error("Error: ${disposed}")`,
        'sendToFrame returned false',
        'bad channel threw Error("Error: Missing required channel argument")',
      ]),
      'page/near': [],
    }),
  },
  {
    name: 'frame.ipc is made when it is asked for, and stays with its frame',
    rows: ['main/frame-ipc'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      t.ipcMain.on('go', (_event, n) => t.log('ipcMain', n));
      t.ipcMain.handle('ask', () => 'ipcMain');
      await page.run(async (r) => {
        r.ipcRenderer.send('go', 1);
        r.log('ask', await r.ipcRenderer.invoke('ask'));
      });
      const { ipc } = page.webContents.mainFrame;
      t.log('same', ipc === page.webContents.mainFrame.ipc, ipc.eventNames());
      ipc.on('go', (_event, n) => t.log('frame.ipc', n));
      ipc.handle('ask', () => 'frame.ipc');
      await page.run(async (r) => {
        r.ipcRenderer.send('go', 2);
        r.log('ask', await r.ipcRenderer.invoke('ask'));
      });
      await page.load(t.site.url('next'));
      t.log('still', ipc === page.webContents.mainFrame.ipc);
      await page.run(async (r) => {
        r.ipcRenderer.send('go', 3);
        r.log('ask', await r.ipcRenderer.invoke('ask'));
      });
    },
    expected: {
      main: [
        'ipcMain 1',
        'same true Array(1)["error"]',
        'frame.ipc 2',
        'ipcMain 2',
        'still true',
        'frame.ipc 3',
        'ipcMain 3',
      ],
      page: ['ask "ipcMain"', 'ask "frame.ipc"', 'ask "frame.ipc"'],
    },
  },
];
export default scenarios;
