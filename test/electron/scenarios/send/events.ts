import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { hasNativeFrame, tellsSenderId } from '../../expected/by-version.ts';
import type { MainKit } from '../../harness/main-kit.ts';
import { everywhere, type Scenario } from '../../harness/scenario.ts';

/** Logs what every event tells about its sender; returns the event, to be looked at further. */
function logOrigin(
  t: MainKit,
  webContents: WebContents,
  event: IpcMainInvokeEvent,
): Record<string, unknown> {
  const any = event as unknown as Record<string, unknown>;
  t.log('keys', Object.keys(any).sort());
  t.log('sender', event.sender === webContents);
  t.log('processId', event.processId === webContents.mainFrame.processId);
  t.log('frameId', event.frameId === webContents.mainFrame.routingId);
  t.log('senderFrame', event.senderFrame === webContents.mainFrame);
  return any;
}

/** The names that an event has, sorted, of those of version 25. */
function keysOf(electron: number, before: readonly string[]): string {
  const added = hasNativeFrame(electron) ? ['senderFrame', 'frameTreeNodeId'] : [];
  const keys = [...before, ...added].sort();
  return `Array(${keys.length})[${keys.map((key) => `"${key}"`).join(', ')}]`;
}

const scenarios: readonly Scenario[] = [
  {
    name: 'the event of send',
    rows: ['event/send'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      t.ipcMain.on('look', (event) => {
        const any = logOrigin(t, page.webContents, event);
        t.log('ports', any.ports);
        t.log('reply', typeof event.reply, 'returnValue' in any, '_replyChannel' in any);
        any.returnValue = 'a plain property';
        t.log('returnValue', any.returnValue);
        t.log('prevented', any.defaultPrevented, typeof any.preventDefault);
        (event as unknown as Event).preventDefault();
        t.log('prevented', any.defaultPrevented);
      });
      const looked = t.received('look');
      await page.run((r) => r.ipcRenderer.send('look'));
      await looked;
    },
    expected: (_context, electron) => ({
      main: [
        `keys ${keysOf(electron, ['frameId', 'processId', 'reply', 'sender'])}`,
        'sender true',
        'processId true',
        'frameId true',
        'senderFrame true',
        'ports undefined',
        'reply "function" false false',
        'returnValue "a plain property"',
        'prevented false "function"',
        'prevented true',
      ],
    }),
  },
  {
    name: 'the event of sendSync',
    rows: ['event/sync'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      t.ipcMain.on('look', (event) => {
        const any = logOrigin(t, page.webContents, event);
        t.log('ports', any.ports);
        t.log('reply', typeof event.reply, 'returnValue' in any);
        const property = Object.getOwnPropertyDescriptor(any, 'returnValue');
        t.log('returnValue', typeof property?.get, typeof property?.set, property?.enumerable);
        event.returnValue = 1;
      });
      await page.run((r) => {
        r.ipcRenderer.sendSync('look');
      });
    },
    expected: (_context, electron) => ({
      main: [
        `keys ${keysOf(electron, ['_replyChannel', 'frameId', 'processId', 'reply', 'sender'])}`,
        'sender true',
        'processId true',
        'frameId true',
        'senderFrame true',
        'ports undefined',
        'reply "function" true',
        'returnValue "function" "function" false',
      ],
    }),
  },
  {
    name: 'the event of invoke',
    rows: ['event/invoke'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      t.ipcMain.handle('look', (event) => {
        const any = logOrigin(t, page.webContents, event);
        t.log('without', 'reply' in any, 'returnValue' in any, 'ports' in any);
      });
      await page.run((r) => r.ipcRenderer.invoke('look'));
    },
    expected: (_context, electron) => ({
      main: [
        `keys ${keysOf(electron, ['_replyChannel', 'frameId', 'processId', 'sender'])}`,
        'sender true',
        'processId true',
        'frameId true',
        'senderFrame true',
        'without false false false',
      ],
    }),
  },
  {
    name: 'the event of a message from main',
    rows: ['renderer/event'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      await page.run((r) => {
        r.ipcRenderer.on('look', (event, ...args) => {
          const any = event as unknown as Record<string, unknown>;
          r.log('keys', Object.keys(any));
          r.log('sender', any.sender === r.ipcRenderer, any.senderId, any.ports);
          r.log('without', 'reply' in any, 'returnValue' in any, 'preventDefault' in any);
          r.log('plain', Object.getPrototypeOf(any) === Object.prototype);
          r.log('args', args);
        });
      });
      page.webContents.send('look', 1, [2]);
      await t.seen('page', 'args');
    },
    expected: (_context, electron) => ({
      page: [
        tellsSenderId(electron)
          ? 'keys Array(3)["sender", "senderId", "ports"]'
          : 'keys Array(2)["sender", "ports"]',
        `sender true ${tellsSenderId(electron) ? 0 : undefined} Array(0)[]`,
        'without false false false',
        'plain true',
        'args Array(2)[1, Array(1)[2]]',
      ],
    }),
  },
  {
    name: 'every listener of one message gets the same event and the same values',
    rows: ['main/shared-arguments'],
    contexts: ['isolated', 'node'],
    async main(t) {
      const seen: unknown[] = [];
      t.ipcMain.on('shared', (event, value: { touched?: boolean }) => {
        seen.push(event, value);
        value.touched = true;
      });
      t.ipcMain.on('shared', (event, value) => {
        t.log('same', event === seen[0], value === seen[1], value);
      });
      const page = await t.open();
      await page.run((r) => {
        r.ipcRenderer.on('shared', (event, value) => {
          r.state.first = [event, value];
          value.touched = true;
        });
        r.ipcRenderer.on('shared', (event, value) => {
          const [firstEvent, firstValue] = r.state.first as unknown[];
          r.log('same', event === firstEvent, value === firstValue, value);
        });
        r.ipcRenderer.send('shared', {});
      });
      page.webContents.send('shared', {});
      await t.seen('page', 'same');
      await t.seen('main', 'same');
    },
    expected: {
      main: ['same true true Object {touched: true}'],
      page: ['same true true Object {touched: true}'],
    },
  },
];
export default scenarios;
