import type { Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'a Buffer arrives as a Uint8Array',
    rows: ['value/buffer'],
    contexts: ['isolated', 'node'],
    async main(t) {
      t.ipcMain.handle('buffer', (_event, bytes: unknown, of: string) => {
        t.log('got', bytes);
        return Buffer.from(Uint8Array.from(Buffer.from(of)).buffer, 1);
      });
      const page = await t.open();
      await page.run((r) =>
        r.attempt('answer', () =>
          r.ipcRenderer.invoke('buffer', Buffer.from(new Uint8Array([1, 2, 3]).buffer, 1), 'abc'),
        ),
      );
    },
    expected: {
      main: ['got Uint8Array(2 bytes at 1 of ArrayBuffer(3: 010203))'],
      page: ['answer resolved Uint8Array(2 bytes at 1 of ArrayBuffer(3: 616263))'],
    },
  },
  {
    name: 'a pooled Buffer arrives with its content',
    rows: ['value/buffer'],
    contexts: ['isolated', 'node'],
    async main(t) {
      t.ipcMain.on('buffer', (_event, bytes: Uint8Array) => {
        t.log(bytes.constructor.name, Buffer.from(bytes).toString());
      });
      const page = await t.open();
      await page.run((r) => r.ipcRenderer.send('buffer', Buffer.from('from the pool')));
      await t.seen('main', 'Uint8Array');
    },
    expected: { main: ['Uint8Array "from the pool"'] },
  },
  {
    name: 'the stack of an error crosses as it is',
    rows: ['value/error-stack'],
    contexts: ['isolated', 'node'],
    async main(t) {
      t.ipcMain.handle('stack', (_event, error: Error) => {
        if (error.message === 'with a stack') t.log('stack', error.stack);
        return error.stack;
      });
      const page = await t.open();
      await page.run(async (r) => {
        const error = new Error('with a stack');
        error.stack = 'Error: of my own\n    at nowhere';
        await r.ipcRenderer.invoke('stack', error);
        const natural = new RangeError('natural');
        r.log('same', (await r.ipcRenderer.invoke('stack', natural)) === natural.stack);
      });
    },
    expected: {
      main: ['stack "Error: of my own\\n    at nowhere"'],
      page: ['same true'],
    },
  },
  {
    name: 'a native image crosses both ways',
    rows: ['value/native-image'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const { nativeImage } = t.electron;
      const pixels = Buffer.from([1, 2, 3, 255, 4, 5, 6, 255]);
      t.ipcMain.handle('image', (_event, image: Electron.NativeImage, note: string) => {
        t.log(note, image.constructor.name, image.getSize(), image.toBitmap().toString('hex'));
        return [image, 'and back'];
      });
      const page = await t.open();
      await page.run((r) => {
        r.ipcRenderer.on('image', async (_event, image: Electron.NativeImage) => {
          const [again, note] = await r.ipcRenderer.invoke('image', image, 'there');
          r.log(note, again.constructor.name, again.getSize());
        });
      });
      page.webContents.send('image', nativeImage.createFromBitmap(pixels, { width: 2, height: 1 }));
      await t.seen('page', 'and back');
    },
    expected: {
      main: ['there "NativeImage" Object {width: 2, height: 1} "010203ff040506ff"'],
      page: ['and back "NativeImage" Object {width: 2, height: 1}'],
    },
  },
  {
    name: 'a native image next to what cannot be cloned is refused, and nothing else with it',
    rows: ['value/native-image', 'invoke/unclonable-result', 'order/replies'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const pixels = Buffer.from([1, 2, 3, 255, 4, 5, 6, 255]);
      const image = t.electron.nativeImage.createFromBitmap(pixels, { width: 2, height: 1 });
      t.ipcMain.handle('mixed', () => [image, () => {}]);
      t.ipcMain.handle('image', () => image);
      t.ipcMain.handle('other', () => 'good');
      const page = await t.open();
      await page.run((r) => {
        const calls = ['other', 'image', 'mixed', 'other', 'mixed', 'image', 'other'];
        const answerTo = async (channel: string): Promise<unknown> => {
          const answer: unknown = await r.ipcRenderer.invoke(channel);
          return typeof answer === 'string' ? answer : (answer as Electron.NativeImage).getSize();
        };
        return Promise.all(calls.map((call) => r.attempt(call, () => answerTo(call))));
      });
    },
    expected: {
      page: [
        'other resolved "good"',
        'image resolved Object {width: 2, height: 1}',
        'mixed rejected Error("Error: Error invoking remote method \'mixed\': Error: An object could not be cloned.")',
        'other resolved "good"',
        'mixed rejected Error("Error: Error invoking remote method \'mixed\': Error: An object could not be cloned.")',
        'image resolved Object {width: 2, height: 1}',
        'other resolved "good"',
      ],
    },
  },
  {
    name: 'more values of one kind: long strings, long arrays, deep objects',
    rows: ['value/crosses'],
    contexts: ['isolated', 'node'],
    async main(t) {
      t.ipcMain.handle('large', (_event, value: unknown) => value);
      const page = await t.open();
      await page.run(async (r) => {
        const deep = (levels: number): unknown => (levels === 0 ? 'bottom' : [deep(levels - 1)]);
        const large: Record<string, unknown> = {
          'one byte a character': 'é'.repeat(70_000),
          'two bytes a character': '字'.repeat(70_000),
          numbers: Array.from({ length: 20_000 }, (_, i) => (i % 3 ? i : i / 7)),
          deep: deep(500),
          keys: Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`key ${i}`, i])),
          'integers of all sizes': Array.from({ length: 64 }, (_, i) => [2 ** i, -(2 ** i) - 1]),
          'big integers': Array.from({ length: 20 }, (_, i) => (-3n) ** BigInt(i * 17)),
        };
        for (const name in large) {
          const back = await r.ipcRenderer.invoke('large', large[name]);
          r.log(name, r.describe(back) === r.describe(large[name]));
        }
      });
    },
    expected: {
      page: [
        'one byte a character true',
        'two bytes a character true',
        'numbers true',
        'deep true',
        'keys true',
        'integers of all sizes true',
        'big integers true',
      ],
    },
  },
  {
    name: 'what Object.prototype has, too, arrives where that is frozen or has a setter',
    rows: ['value/crosses'],
    contexts: ['isolated', 'node', 'sandboxed'],
    process: {},
    async main(t) {
      t.ipcMain.on('value', (_event, value) => t.log('got', value));
      t.ipcMain.handle('value', (_event, value) => Object.keys(value));
      const page = await t.open();
      Object.defineProperty(Object.prototype, 'inherited', {
        set: () => t.log('a setter was called'),
        get: () => undefined,
      });
      Object.freeze(Object.prototype);
      await page.run(async (r) => {
        r.ipcRenderer.send('value', { constructor: 1, inherited: 2 });
        for (let n = 0; n < 12; n++) r.ipcRenderer.send('value', { n, toString: 'text' });
        await r.attempt('invoke', () =>
          r.ipcRenderer.invoke('value', { valueOf: 1, inherited: 2 }),
        );
      });
    },
    expected: {
      main: [
        'got Object {constructor: 1, inherited: 2}',
        ...Array.from({ length: 12 }, (_, n) => `got Object {n: ${n}, toString: "text"}`),
      ],
      page: ['invoke resolved Array(2)["valueOf", "inherited"]'],
    },
  },
];
export default scenarios;
