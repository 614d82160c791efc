import type { Scenario } from '../../harness/scenario.ts';

/** V8 writes nothing for a module, so its message cannot be read where it arrives. */
const scenarios: readonly Scenario[] = [
  {
    name: 'a WebAssembly module sent to main is an error there, and the next message is fine',
    rows: ['value/undecodable'],
    contexts: ['isolated', 'bare', 'node'],
    async main(t) {
      t.ipcMain.on('value', (_event, value: unknown) => t.log('got', value));
      t.ipcMain.handle('value', (_event, value: unknown) => value);
      const ended = t.received('end');
      const page = await t.open();
      await page.run(async (r) => {
        const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
        const compiled = new WebAssembly.Module(bytes);
        for (const value of [compiled, [compiled], { compiled, more: 1 }, [1, compiled, 2]]) {
          r.ipcRenderer.send('value', value);
          r.ipcRenderer.send('value', 'next');
        }
        r.ipcRenderer.send('end');
        r.log('answer', await r.ipcRenderer.invoke('value', 'fine'));
      });
      await ended;
    },
    // What main says names a variable of Electron's minified script: that is compared only.
    expected: { page: ['answer "fine"'], console: [] },
  },
  {
    name: 'a WebAssembly module in a call of main ends that call, and the next one is fine',
    rows: ['value/undecodable'],
    async main(t) {
      t.ipcMain.on('call', (event, value: unknown) => {
        t.log('call', value);
        event.returnValue = value;
      });
      t.ipcMain.handle('value', (_event, value: unknown) => {
        t.log('invoke', value);
        return value;
      });
      const page = await t.open();
      const done = page.run(async (r) => {
        const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
        const compiled = new WebAssembly.Module(bytes);
        r.log('sync', r.ipcRenderer.sendSync('call', 1, compiled));
        // The name of a variable in Electron's minified code differs.
        const failed = (error: unknown) => String(error).replace(/\w+ (?=is not iterable)/, '');
        r.log('invoke', await r.ipcRenderer.invoke('value', compiled).catch(failed));
        r.log('answer', await r.ipcRenderer.invoke('value', 'fine'));
      });
      let over = false;
      void done.finally(() => {
        over = true;
      });
      await t.collectUntil(() => over);
      await done;
    },
    expected: {
      page: [
        'sync Object {error: "reply was never sent"}',
        `invoke "Error: Error invoking remote method 'value': TypeError: is not iterable (cannot read property null)"`,
        'answer "fine"',
      ],
    },
  },
  {
    name: 'a WebAssembly module sent from main is an error in the page, and the next message is fine',
    rows: ['value/undecodable'],
    contexts: ['isolated', 'bare', 'node'],
    async main(t) {
      const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
      const compiled = new WebAssembly.Module(bytes);
      t.ipcMain.on('call', (event) => {
        event.returnValue = compiled;
      });
      t.ipcMain.on('nested', (event) => {
        event.returnValue = { compiled, more: 1 };
      });
      t.ipcMain.handle('value', () => compiled);
      t.ipcMain.handle('fine', () => 'fine');
      const page = await t.open();
      await page.run((r) => {
        r.ipcRenderer.on('value', (_event, ...args: unknown[]) => r.log('got', args));
      });
      page.webContents.send('value', compiled);
      page.webContents.send('value', 'next');
      await t.seen(page.name, 'got');
      await page.run(async (r) => {
        await r.attempt('sync', () => r.ipcRenderer.sendSync('call'));
        await r.attempt('nested', () => r.ipcRenderer.sendSync('nested'));
        await r.attempt('invoke', () => r.ipcRenderer.invoke('value'));
        await r.attempt('next', () => r.ipcRenderer.invoke('fine'));
      });
    },
    expected: {
      main: [],
      page: [
        'uncaught TypeError: is not iterable (cannot read property null)',
        'got Array(1)["next"]',
        'sync threw Error("Error: Unable to deserialize cloned data.")',
        'nested threw Error("Error: Unable to deserialize cloned data.")',
        `invoke rejected TypeError("TypeError: Cannot destructure property 'error' of '(intermediate value)' as it is null.")`,
        'next resolved "fine"',
      ],
    },
  },
];

export default scenarios;
