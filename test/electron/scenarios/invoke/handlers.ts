import { misuseThrown } from '../../expected/by-version.ts';
import { everywhere, type Scenario } from '../../harness/scenario.ts';

const noHandler = (channel: string): string =>
  `Error("Error: Error invoking remote method '${channel}': Error: No handler registered for '${channel}'")`;

const scenarios: readonly Scenario[] = [
  {
    name: 'invoke without a handler rejects, and main says so',
    rows: ['invoke/no-handler'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      await page.run((r) => r.attempt('invoke', () => r.ipcRenderer.invoke('nobody', 1)));
    },
    expected: {
      page: [`invoke rejected ${noHandler('nobody')}`],
      console: [
        `error: Error occurred in handler for 'nobody': Error("Error: No handler registered for 'nobody'")`,
      ],
    },
  },
  {
    name: 'the window hears a rejected invoke that nobody catches, and what send throws',
    rows: ['invoke/no-handler'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      page.start((r) => void r.ipcRenderer.invoke('nobody'));
      await t.seen('page', 'unhandled');
      page.start((r) => void setTimeout(() => r.ipcRenderer.send('note', () => {}), 0));
      await t.seen('page', 'uncaught');
    },
    expected: {
      page: [
        "unhandled Error: Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
        'uncaught Error: An object could not be cloned.',
      ],
    },
  },
  {
    name: 'handlers come and go while a window is open',
    rows: ['main/handle-once', 'main/remove-handler'],
    contexts: ['isolated', 'node'],
    async main(t) {
      const page = await t.open();
      const ask = (label: string): Promise<void> =>
        page.run((r, label) => r.attempt(label, () => r.ipcRenderer.invoke('now', 1)), label);
      t.ipcMain.removeHandler('now');
      await ask('before');
      t.ipcMain.handle('now', (_event, n: number) => `handled ${n}`);
      await ask('handled');
      await ask('still handled');
      t.ipcMain.removeHandler('now');
      await ask('removed');
      t.ipcMain.handleOnce('now', () => 'once');
      await ask('once');
      await ask('only once');
      t.ipcMain.handleOnce('now', () => {
        throw new Error('at once');
      });
      await ask('once, throwing');
      await ask('gone even so');
    },
    expected: {
      page: [
        `before rejected ${noHandler('now')}`,
        'handled resolved "handled 1"',
        'still handled resolved "handled 1"',
        `removed rejected ${noHandler('now')}`,
        'once resolved "once"',
        `only once rejected ${noHandler('now')}`,
        `once, throwing rejected Error("Error: Error invoking remote method 'now': Error: at once")`,
        `gone even so rejected ${noHandler('now')}`,
      ],
    },
  },
  {
    name: 'a second handler and one that is no function are refused',
    rows: ['main/handle-twice', 'main/handle-not-function'],
    main(t) {
      const handle = t.ipcMain.handle as (channel: string, handler?: unknown) => void;
      handle('taken', () => 1);
      for (const channel of ['taken', 'free']) {
        t.attempt(`${channel} with undefined`, () => handle(channel));
        t.attempt(`${channel} with null`, () => handle(channel, null));
      }
      t.attempt('unknown', () => t.ipcMain.removeHandler('unknown'));
    },
    expected: (_context, electron) => ({
      main: misuseThrown(electron, [
        `taken with undefined threw Error("Error: Attempted to register a second handler for 'taken'")`,
        `taken with null threw Error("Error: Attempted to register a second handler for 'taken'")`,
        `free with undefined threw Error("Error: Expected handler to be a function, but found type 'undefined'")`,
        `free with null threw Error("Error: Expected handler to be a function, but found type 'object'")`,
        'unknown returned undefined',
      ]),
    }),
  },
  {
    name: 'answers come in the order in which handlers settle',
    rows: ['order/replies'],
    contexts: everywhere,
    async main(t) {
      const waiting: (() => void)[] = [];
      t.ipcMain.handle('wait', (_event, name: string) => {
        return new Promise((resolve) => waiting.push(() => resolve(name)));
      });
      t.ipcMain.on('settle', () => {
        for (const settle of waiting.reverse()) settle();
      });
      const page = await t.open();
      await page.run(async (r) => {
        const calls = ['first', 'second', 'third'].map(async (name) =>
          r.log('answered', await r.ipcRenderer.invoke('wait', name)),
        );
        r.ipcRenderer.send('settle');
        await Promise.all(calls);
      });
    },
    expected: { page: ['answered "third"', 'answered "second"', 'answered "first"'] },
  },
  {
    name: 'answers to a burst of calls, images too, come in the order in which they are given',
    rows: ['order/replies'],
    contexts: everywhere,
    async main(t) {
      const { nativeImage } = t.electron;
      const waiting: ((answer: unknown) => void)[] = [];
      t.ipcMain.handle('wait', () => new Promise((resolve) => waiting.push(resolve)));
      // Images, which the ring cannot carry, are as wide as their number.
      const answer = (n: number) => {
        const pixels = Buffer.alloc(4 * n, 255);
        const image = nativeImage.createFromBitmap(pixels, { width: n, height: 1 });
        waiting[n]?.([3, 4, 10, 15].includes(n) ? image : n);
      };
      t.ipcMain.on('settle', () => {
        // Calls 0 to 7 of a sandboxed window travel alone, or 0 and 4 if all that can be is batched.
        for (const n of [9, 0, 10, 8, 1]) answer(n);
        setImmediate(() => {
          answer(11);
          answer(2);
          setImmediate(() => {
            for (const n of [13, 3, 12, 4, 14]) answer(n);
            for (const n of [5, 6, 15, 7]) answer(n);
          });
        });
      });
      const page = await t.open();
      await page.run(async (r) => {
        const order: number[] = [];
        const calls = Array.from({ length: 16 }, async (_, n) => {
          const text = 'x'.repeat(n === 0 || n === 4 ? 10_000 : 1);
          const answer: unknown = await r.ipcRenderer.invoke('wait', text);
          const isImage = typeof answer === 'object';
          order.push(
            isImage ? (answer as Electron.NativeImage).getSize().width : (answer as number),
          );
        });
        r.ipcRenderer.send('settle');
        await Promise.all(calls);
        r.log('order', order.join());
      });
    },
    expected: { page: ['order "9,0,10,8,1,11,2,13,3,12,4,14,5,6,15,7"'] },
  },
  {
    name: 'a handler that rejects with nothing leaves the caller waiting until garbage collection',
    rows: ['invoke/throws-nothing'],
    contexts: ['isolated', 'node'],
    async main(t) {
      t.ipcMain.handle('nothing', () => Promise.reject(undefined));
      const page = await t.open();
      let ended = false;
      const asked = page
        .run((r) => r.attempt('invoke', () => r.ipcRenderer.invoke('nothing')))
        .then(() => {
          ended = true;
        });
      await t.seen('main', 'unhandled');
      await t.collectUntil(() => ended);
      await asked;
    },
    expected: {
      main: [
        `unhandled TypeError("TypeError: Cannot read properties of undefined (reading 'toString')")`,
      ],
      page: [
        `invoke rejected Error("Error: Error invoking remote method 'nothing': reply was never sent")`,
      ],
    },
  },
  {
    name: 'a handler that never settles ends with garbage collection of its event',
    rows: ['invoke/never-settles'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      t.ipcMain.handle('never', () => {
        t.log('called');
        return new Promise(() => {});
      });
      const page = await t.open();
      let ended = false;
      const asked = page
        .run((r) => r.attempt('invoke', () => r.ipcRenderer.invoke('never')))
        .then(() => {
          ended = true;
        });
      await t.seen('main', 'called');
      await t.collectUntil(() => ended);
      await asked;
    },
    expected: {
      page: [
        `invoke rejected Error("Error: Error invoking remote method 'never': reply was never sent")`,
      ],
    },
  },
  {
    name: 'one garbage collection in the next turn ends what nobody can answer any more',
    rows: ['invoke/never-settles', 'sync/never-set'],
    contexts: everywhere,
    timeout: 10_000,
    async main(t) {
      // The turn after the one in which the request came; once, as an application's own would be.
      const collect = () => setTimeout(() => (globalThis as { gc?: () => void }).gc?.());
      t.ipcMain.handle('never', () => {
        collect();
        return new Promise(() => {});
      });
      t.ipcMain.on('silent', collect);
      const page = await t.open();
      await page.run(async (r) => {
        await r.attempt('invoke', () => r.ipcRenderer.invoke('never'));
        await r.attempt('sync', () => r.ipcRenderer.sendSync('silent'));
      });
    },
    expected: {
      page: [
        `invoke rejected Error("Error: Error invoking remote method 'never': reply was never sent")`,
        'sync returned Object {error: "reply was never sent"}',
      ],
    },
  },
];
export default scenarios;
