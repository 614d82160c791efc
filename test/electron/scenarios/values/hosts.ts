import { hasBareNodeEvents, takesPageObjects } from '../../expected/by-version.ts';
import type { Scenario } from '../../harness/scenario.ts';

const refused = 'Error("Error: An object could not be cloned.")';
const failed = `Error("Error: Error invoking remote method 'value': Error: An object could not be cloned.")`;

/** Objects of the page as what V8 sees of them. */
const seenByV8: Readonly<Record<string, string>> = {
  element: 'Object {}',
  blob: 'Object {}',
  file: 'Object {}',
  'image data': 'Object {data: Uint8ClampedArray(4 bytes at 0 of ArrayBuffer(4: 00000000))}',
  matrix: 'Object {}',
  'dom exception': 'Object {}',
  port: 'Object {}',
  event: 'Object {isTrusted: false}',
  url: 'Object {}',
  'abort signal': 'Object {}',
  stream: 'Object {}',
  'inside of an object': 'Object {deep: Array(1)[Object {}]}',
};

const scenarios: readonly Scenario[] = [
  {
    name: 'objects of the page are refused, or (since version 33) arrive as V8 sees them',
    rows: ['value/host-objects'],
    contexts: ['isolated', 'bare', 'node', 'sandboxed'],
    async main(t) {
      t.ipcMain.on('value', (_event, name: string, value) => t.log(name, value));
      const ended = t.received('end');
      const page = await t.open();
      await page.run(async (r) => {
        const objects: Record<string, () => unknown> = {
          element: () => document.body,
          blob: () => new Blob(['text']),
          file: () => new File(['text'], 'name'),
          'image data': () => new ImageData(1, 1),
          matrix: () => new DOMMatrix(),
          'dom exception': () => new DOMException('text'),
          port: () => new MessageChannel().port1,
          event: () => new Event('name'),
          url: () => new URL('http://127.0.0.1/'),
          'abort signal': () => new AbortController().signal,
          stream: () => new ReadableStream(),
          'inside of an object': () => ({ deep: [document.body] }),
          location: () => document.location,
        };
        for (const [name, make] of Object.entries(objects)) {
          await r.attempt(name, () => r.ipcRenderer.send('value', name, make()));
        }
        r.ipcRenderer.send('end');
      });
      await ended;
    },
    expected: (_context, electron) => {
      const arrives = takesPageObjects(electron) ? seenByV8 : {};
      const names = [...Object.keys(seenByV8), 'location'];
      return {
        main: Object.entries(arrives).map(([name, value]) => `${name} ${value}`),
        page: names.map((name) =>
          name in arrives ? `${name} returned undefined` : `${name} threw ${refused}`,
        ),
      };
    },
  },
  {
    name: 'objects of Node made in main arrive as what V8 sees of them',
    rows: ['value/host-objects'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const objects: Record<string, () => unknown> = {
        url: () => new URL('http://127.0.0.1/'),
        event: () => new Event('name'),
        math: () => Math,
        json: () => JSON,
        'abort signal': () => new AbortController().signal,
        stream: () => new ReadableStream(),
        'text encoder': () => new TextEncoder(),
        arguments: () =>
          (function () {
            // biome-ignore lint/complexity/noArguments: the point is to send them
            return arguments;
          })(),
        intl: () => new Intl.NumberFormat('en'),
        process: () => process.env,
        window: () => t.electron.BrowserWindow.getAllWindows()[0],
        contents: () => t.electron.webContents.getAllWebContents()[0],
      };
      t.ipcMain.handle('value', (_event, name: string) => objects[name]?.());
      const page = await t.open();
      await page.run(async (r, names) => {
        for (const name of names) {
          await r.attempt(name, () => r.ipcRenderer.invoke('value', name));
        }
      }, Object.keys(objects));
    },
    expected: (_context, electron) => ({
      page: [
        'url resolved Object {}',
        `event resolved Object {${hasBareNodeEvents(electron) ? '' : 'isTrusted: false'}}`,
        'math resolved Object {}',
        'json resolved Object {}',
        'abort signal resolved Object {}',
        `stream rejected ${failed}`,
        'text encoder resolved Object {}',
        `arguments rejected ${failed}`,
        `intl rejected ${failed}`,
        `process rejected ${failed}`,
        `window rejected ${failed}`,
        `contents rejected ${failed}`,
      ],
    }),
  },
  {
    name: 'rare buffers and very deep values cross or are refused',
    rows: ['value/rare'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      t.ipcMain.on('value', (_event, value: unknown) => t.log('got', value));
      t.ipcMain.handle('value', (_event, value: unknown) => value);
      const ended = t.received('end');
      const page = await t.open();
      await page.run(async (r) => {
        const Resizable = ArrayBuffer as unknown as new (
          size: number,
          options: { maxByteLength: number },
        ) => ArrayBuffer;
        const resizable = new Resizable(4, { maxByteLength: 16 });
        const detached = new ArrayBuffer(4);
        structuredClone(detached, { transfer: [detached] });
        const values: Record<string, () => unknown> = {
          resizable: () => resizable,
          'length-tracking view': () => new Uint8Array(resizable),
          detached: () => detached,
          'boxed symbol inside': () => [Object(Symbol('boxed'))],
          'symbol key': () => ({ [Symbol('key')]: 1 }),
          accessor: () => ({
            set only(_value: number) {},
          }),
          subclass: () => new (class MyMap extends Map<number, number> {})([[1, 2]]),
          'error with own toString': () => Object.assign(new Error('m'), { toString: undefined }),
          'a thousand deep': () => {
            let value: unknown = 'bottom';
            for (let n = 0; n < 1000; n++) value = [value];
            return value;
          },
          'a hundred thousand deep': () => {
            let value: unknown = 'bottom';
            for (let n = 0; n < 100_000; n++) value = [value];
            return value;
          },
        };
        for (const [name, make] of Object.entries(values)) {
          if (!name.includes('deep')) {
            await r.attempt(name, () => r.ipcRenderer.send('value', make()));
          }
          try {
            const back = (await r.ipcRenderer.invoke('value', make())) as unknown;
            r.log(name, name.includes('deep') ? Array.isArray(back) : back);
          } catch (error) {
            r.log(name, String(error));
          }
        }
        r.ipcRenderer.send('end');
      });
      await ended;
    },
    expected: {
      main: [
        'got ArrayBuffer(4 of at most 16: 00000000)',
        'got Uint8Array(4 bytes at 0 of ArrayBuffer(4 of at most 16: 00000000))',
        'got Object {}',
        'got Object {only: undefined}',
        'got Map(1 => 2)',
        'got Error("Error: m")',
      ],
      page: [
        'resizable returned undefined',
        'resizable ArrayBuffer(4 of at most 16: 00000000)',
        'length-tracking view returned undefined',
        'length-tracking view Uint8Array(4 bytes at 0 of ArrayBuffer(4 of at most 16: 00000000))',
        `detached threw ${refused}`,
        'detached "Error: An object could not be cloned."',
        `boxed symbol inside threw ${refused}`,
        'boxed symbol inside "Error: An object could not be cloned."',
        'symbol key returned undefined',
        'symbol key Object {}',
        'accessor returned undefined',
        'accessor Object {only: undefined}',
        'subclass returned undefined',
        'subclass Map(1 => 2)',
        'error with own toString returned undefined',
        'error with own toString Error("Error: m")',
        'a thousand deep true',
        'a hundred thousand deep "Error: An object could not be cloned."',
      ],
    },
  },
];

export default scenarios;
