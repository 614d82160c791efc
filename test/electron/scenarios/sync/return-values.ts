import { everywhere, type Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'sendSync returns what the listener sets',
    rows: ['sync/return-value'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('add', (event, a: number, b: number) => {
        event.returnValue = a + b;
      });
      const page = await t.open();
      await page.run((r) => r.attempt('add', () => r.ipcRenderer.sendSync('add', 1, 2)));
    },
    expected: { page: ['add returned 3'] },
  },
  {
    name: 'the first of several return values counts',
    rows: ['sync/first-wins'],
    contexts: ['isolated', 'bare', 'node', 'sandboxed'],
    async main(t) {
      t.ipcMain.on('twice', (event) => {
        event.returnValue = 'first';
        event.returnValue = 'second';
      });
      t.ipcMain.on('twice', (event) => {
        t.log('second listener');
        event.returnValue = 'third';
      });
      t.ipcMain.on('undefined', (event) => {
        event.returnValue = undefined;
        event.returnValue = 'too late';
      });
      t.ipcMain.on('null', (event) => {
        event.returnValue = null;
      });
      const page = await t.open();
      await page.run(async (r) => {
        for (const channel of ['twice', 'undefined', 'null']) {
          await r.attempt(channel, () => r.ipcRenderer.sendSync(channel));
        }
      });
    },
    expected: {
      main: ['second listener'],
      page: ['twice returned "first"', 'undefined returned undefined', 'null returned null'],
    },
  },
  {
    name: 'a return value can be set later, and reads as undefined',
    rows: ['sync/late', 'sync/reads-undefined'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      t.ipcMain.on('later', (event) => {
        setImmediate(() => {
          event.returnValue = 'later';
          t.log('reads', event.returnValue);
        });
      });
      t.ipcMain.on('async', async (event) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        event.returnValue = 'async';
      });
      const page = await t.open();
      await page.run(async (r) => {
        await r.attempt('later', () => r.ipcRenderer.sendSync('later'));
        await r.attempt('async', () => r.ipcRenderer.sendSync('async'));
      });
    },
    expected: {
      main: ['reads undefined'],
      page: ['later returned "later"', 'async returned "async"'],
    },
  },
  {
    name: 'a listener that sets nothing: the caller gets an object when main collects the event',
    rows: ['sync/never-set'],
    contexts: ['isolated', 'node'],
    async main(t) {
      t.ipcMain.on('silent', () => t.log('heard'));
      const page = await t.open();
      let ended = false;
      const asked = page
        .run((r) => r.attempt('silent', () => r.ipcRenderer.sendSync('silent')))
        .then(() => {
          ended = true;
        });
      await t.seen('main', 'heard');
      await t.collectUntil(() => ended);
      await asked;
    },
    expected: { main: ['heard'], page: ['silent returned Object {error: "reply was never sent"}'] },
  },
  {
    name: 'no listener at all: main warns, and the caller gets an object in the end',
    rows: ['sync/no-listener'],
    contexts: ['isolated', 'node'],
    async main(t) {
      const page = await t.open();
      let ended = false;
      const asked = page
        .run((r) => r.attempt('nobody', () => r.ipcRenderer.sendSync('nobody')))
        .then(() => {
          ended = true;
        });
      await t.seen('console', 'warn');
      await t.collectUntil(() => ended);
      await asked;
    },
    expected: { page: ['nobody returned Object {error: "reply was never sent"}'] },
  },
  {
    name: 'a listener that throws before it sets: main sees the exception, the caller the object',
    rows: ['sync/throws'],
    contexts: ['isolated', 'node'],
    async main(t) {
      t.ipcMain.on('throws', () => {
        throw new RangeError('in a sync listener');
      });
      t.ipcMain.on('throws', () => t.log('never reached'));
      const page = await t.open();
      const asked = page.run((r) => r.attempt('throws', () => r.ipcRenderer.sendSync('throws')));
      await t.seen('main', 'uncaught');
      // Nobody holds the event any more, so what is collected at once is enough.
      let times = 10;
      await t.collectUntil(() => times-- === 0);
      await asked;
    },
    expected: {
      main: ['uncaught RangeError("RangeError: in a sync listener")'],
      page: ['throws returned Object {error: "reply was never sent"}'],
    },
  },
  {
    name: 'what main sends while a renderer waits arrives after the answer',
    rows: ['sync/nested-send'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('ask', (event) => {
        event.sender.send('note', 1);
        event.reply('note', 2);
        setImmediate(() => {
          event.sender.send('note', 3);
          event.returnValue = 'answer';
          event.sender.send('note', 4);
        });
      });
      const page = await t.open();
      await page.run((r) => {
        r.ipcRenderer.on('note', (_event, n) => r.log('note', n));
        r.log('asked', r.ipcRenderer.sendSync('ask'));
      });
      await t.seen('page', 'note 4');
    },
    expected: { page: ['asked "answer"', 'note 1', 'note 2', 'note 3', 'note 4'] },
  },
  {
    name: 'sendSync in a listener, and in the preload',
    rows: ['sync/anywhere'],
    contexts: everywhere,
    async main(t) {
      t.ipcMain.on('ask', (event, n: number) => {
        event.returnValue = n + 1;
      });
      const page = await t.open({
        preload: (r) => {
          r.log('in the preload', r.ipcRenderer.sendSync('ask', 1));
          r.ipcRenderer.on('go', (_event, n) => {
            r.log('in a listener', r.ipcRenderer.sendSync('ask', n));
            r.ipcRenderer.send('done');
          });
        },
      });
      const done = t.received('done');
      page.webContents.send('go', 10);
      await done;
    },
    expected: { page: ['in the preload 2', 'in a listener 11'] },
  },
];
export default scenarios;
