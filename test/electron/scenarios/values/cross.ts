import { arrivals } from '../../expected/arrivals.ts';
import { type ContextName, everywhere, type Scenario } from '../../harness/scenario.ts';

const arrived = (how: string): string[] =>
  Object.entries(arrivals).map(([name, text]) => `${name} ${how} ${text}`);

const most: readonly ContextName[] = ['isolated', 'bare', 'node'];

const scenarios: readonly Scenario[] = [
  {
    name: 'values that cross by send',
    rows: ['value/crosses'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('value', (_event, name: string, value: unknown) => t.log(`${name} got`, value));
      const ended = t.received('end');
      const page = await t.open();
      await page.run((r) => {
        for (const name in r.values) r.ipcRenderer.send('value', name, r.values[name]?.());
        r.ipcRenderer.send('end');
      });
      await ended;
    },
    expected: { main: arrived('got') },
  },
  {
    name: 'values that cross by invoke and come back',
    rows: ['value/crosses'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.handle('echo', (_event, value: unknown) => value);
      const page = await t.open();
      await page.run(async (r) => {
        for (const name in r.values) {
          await r.attempt(name, () => r.ipcRenderer.invoke('echo', r.values[name]?.()));
        }
      });
    },
    expected: { page: arrived('resolved') },
  },
  {
    name: 'values that cross by sendSync and come back',
    rows: ['value/crosses'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('echo', (event, value: unknown) => {
        event.returnValue = value;
      });
      const page = await t.open();
      await page.run(async (r) => {
        for (const name in r.values) {
          await r.attempt(name, () => r.ipcRenderer.sendSync('echo', r.values[name]?.()));
        }
      });
    },
    expected: { page: arrived('returned') },
  },
  {
    name: 'values that cross by webContents.send',
    rows: ['value/crosses'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      await page.run((r) => {
        r.ipcRenderer.on('value', (_event, name, value) => r.log(`${name} got`, value));
      });
      for (const name in t.values) page.webContents.send('value', name, t.values[name]?.());
      page.webContents.send('value', 'end');
      await t.seen('page', 'end');
    },
    expected: { page: [...arrived('got'), 'end got undefined'] },
  },
  {
    name: 'values made by an invoke handler',
    rows: ['value/crosses'],
    contexts: most,
    async main(t) {
      t.ipcMain.handle('make', (_event, name: string) => t.values[name]?.());
      const page = await t.open();
      await page.run(async (r) => {
        for (const name in r.values)
          await r.attempt(name, () => r.ipcRenderer.invoke('make', name));
      });
    },
    expected: { page: arrived('resolved') },
  },
  {
    name: 'several arguments keep their number, their identity and their cycles',
    rows: ['renderer/shared-references'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('many', (event, ...args: unknown[]) => {
        t.log('got', args);
        event.reply('many', ...args);
      });
      const page = await t.open();
      await page.run((r) => {
        r.ipcRenderer.on('many', (_event, ...args) => r.log('back', args));
        const shared: Record<string, unknown> = { name: 'shared' };
        shared.self = shared;
        r.ipcRenderer.send('many');
        r.ipcRenderer.send('many', undefined, null);
        r.ipcRenderer.send('many', shared, [shared], shared, ...new Array(3));
      });
      await t.seen('page', 'back Array(6)');
    },
    expected: {
      page: [
        'back Array(0)[]',
        'back Array(2)[undefined, null]',
        'back Array(6)[#1=Object {name: "shared", self: #1}, Array(1)[#1], #1, undefined, undefined, undefined]',
      ],
      main: [
        'got Array(0)[]',
        'got Array(2)[undefined, null]',
        'got Array(6)[#1=Object {name: "shared", self: #1}, Array(1)[#1], #1, undefined, undefined, undefined]',
      ],
    },
  },
  {
    name: 'arguments are taken at the time of the call',
    rows: ['renderer/snapshot'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('state', (_event, state: unknown) => t.log('sent', state));
      t.ipcMain.handle('state', (_event, state: unknown) => t.log('invoked', state));
      const page = await t.open();
      await page.run(async (r) => {
        const state = { count: 1, bytes: new Uint8Array([1]) };
        r.ipcRenderer.send('state', state);
        const invoked = r.ipcRenderer.invoke('state', state);
        state.count = 2;
        state.bytes[0] = 2;
        await invoked;
      });
    },
    expected: {
      main: [
        'sent Object {count: 1, bytes: Uint8Array(1 bytes at 0 of ArrayBuffer(1: 01))}',
        'invoked Object {count: 1, bytes: Uint8Array(1 bytes at 0 of ArrayBuffer(1: 01))}',
      ],
    },
  },
];
export default scenarios;
