import type { Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'sendToFrame says whether there is such a frame, and refuses what names none',
    rows: ['push/to-frame'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      await page.run((r) => {
        r.ipcRenderer.on('news', (_event, ...args) => r.log('got', args));
      });
      const { mainFrame } = page.webContents;
      // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
      const send = page.webContents.sendToFrame.bind(page.webContents) as any;
      await t.attempt('number', () => send(mainFrame.routingId, 'news', 1));
      await t.attempt('pair', () => send([mainFrame.processId, mainFrame.routingId], 'news', 2));
      await t.attempt('unknown', () => send([mainFrame.processId, 4711], 'news', 3));
      await t.attempt('unknown, bad channel', () => send(4711, null, 3));
      await t.attempt('bad channel', () => send(mainFrame.routingId, null, 3));
      for (const bad of [undefined, null, 'frame', {}, [], [1]]) {
        await t.attempt(JSON.stringify(bad) ?? 'undefined', () => send(bad, 'news', 4));
      }
      page.webContents.send('news', 'last');
      await t.seen('page', 'got Array(1)["last"]');
    },
    expected: {
      main: [
        'number returned true',
        'pair returned true',
        'unknown returned false',
        'unknown, bad channel returned false',
        'bad channel threw Error("Error: Missing required channel argument")',
        ...['undefined', 'null', '"frame"', '{}', '[]', '[1]'].map(
          (bad) =>
            `${bad} threw Error("Error: Missing required frame argument (must be number or [processId, frameId])")`,
        ),
      ],
      page: ['got Array(1)[1]', 'got Array(1)[2]', 'got Array(1)["last"]'],
    },
  },
  {
    name: 'what is wrong with the arguments of postMessage in main is said',
    rows: ['push/post-arguments'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      await page.run((r) => {
        r.ipcRenderer.on('news', (event, ...args) => r.log('got', args, event.ports.length));
      });
      const targets = { window: page.webContents, frame: page.webContents.mainFrame };
      for (const [name, target] of Object.entries(targets)) {
        // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
        const post = target.postMessage.bind(target) as any;
        await t.attempt(`${name} nothing`, () => post());
        await t.attempt(`${name} no message`, () => post('news'));
        await t.attempt(`${name} null`, () => post(null, 1));
        await t.attempt(`${name} number`, () => post(7, 1));
        await t.attempt(`${name} good`, () => post('news', [name]));
      }
      page.webContents.send('news', 'last');
      await t.seen('page', 'got Array(1)["last"]');
    },
    expected: {
      main: ['window', 'frame'].flatMap((name) => [
        `${name} nothing threw TypeError("TypeError: Insufficient number of arguments.")`,
        `${name} no message threw TypeError("TypeError: Insufficient number of arguments.")`,
        `${name} null threw TypeError("TypeError: Error processing argument at index 0, conversion failure from null")`,
        `${name} number threw TypeError("TypeError: Error processing argument at index 0, conversion failure from ")`,
        `${name} good returned undefined`,
      ]),
      page: [
        'got Array(1)[Array(1)["window"]] 0',
        'got Array(1)[Array(1)["frame"]] 0',
        'got Array(1)["last"] 0',
      ],
    },
  },
  {
    name: 'frames are found by their ids, and one that is gone is not',
    rows: ['main/frames'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const { webFrameMain } = t.electron;
      const page = await t.open();
      const { processId, routingId } = page.webContents.mainFrame;
      t.log('there', webFrameMain.fromId(processId, routingId) === page.webContents.mainFrame);
      t.log('unknown', webFrameMain.fromId(processId, 4711));
      const events: Electron.IpcMainEvent[] = [];
      t.ipcMain.on('event', (event) => {
        events.push(event);
        event.returnValue = true;
      });
      await page.run((r) => r.ipcRenderer.sendSync('event'));
      const { mainFrame } = page.webContents;
      await page.load(t.site.url('elsewhere', { origin: 'elsewhere' }));
      t.log('sender frame', events[0]?.senderFrame);
      await t.attempt('send', () => mainFrame.send('news', 1));
      await t.attempt('post', () => mainFrame.postMessage('news', 1));
    },
    expected: {
      main: [
        'there true',
        'unknown undefined',
        'sender frame undefined',
        'send returned undefined',
        'post returned undefined',
      ],
    },
  },
  {
    name: 'without its guard a message on channel "error" throws in main',
    rows: ['main/error-guard'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      t.log('guarded', t.ipcMain.listenerCount('error'));
      t.ipcMain.removeAllListeners();
      t.log('without', t.ipcMain.eventNames());
      const uncaught = t.event(process as NodeJS.EventEmitter, 'uncaughtException');
      await page.run((r) => r.ipcRenderer.send('error', 'a message'));
      const [error] = (await uncaught) as [Error];
      t.log('thrown', (error as { code?: string }).code);
      t.ipcMain.on('sync', (event) => {
        event.returnValue = 'fine';
      });
      await page.run((r) => r.log('after', r.ipcRenderer.sendSync('sync')));
    },
    expected: { page: ['after "fine"'] },
  },
];

export default scenarios;
