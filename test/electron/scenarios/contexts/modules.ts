import type { Scenario } from '../../harness/scenario.ts';

const why = 'Electron takes no ES module before';

/** A preload that waits, as only a module can, and then asks and listens. */
const preload = `
import { ipcRenderer } from 'electron';
ipcRenderer.on('news', (event, n) => ipcRenderer.send('heard', n, event.ports.length));
ipcRenderer.send('first');
const sum = await ipcRenderer.invoke('add', 1, 2);
const sent = ipcRenderer.sendSync('ask', sum);
ipcRenderer.send('asked', sum, sent);
`;

const scenarios: readonly Scenario[] = [
  {
    name: 'a preload that is an ES module, and waits at its top level',
    rows: ['context/modules'],
    contexts: ['isolated', 'bare', 'node'],
    versions: { from: 28, why },
    async main(t) {
      t.ipcMain.on('first', () => t.log('first'));
      t.ipcMain.handle('add', (_event, a: number, b: number) => a + b);
      t.ipcMain.on('ask', (event, sum) => {
        event.returnValue = [sum];
      });
      let documents = 0;
      t.ipcMain.on('asked', (event, ...args) => {
        t.log('asked', args);
        event.reply('news', ++documents);
      });
      t.ipcMain.on('heard', (_event, ...args) => t.log('heard', args));
      const page = await t.open({ webPreferences: { preload: t.file('preload.mjs', preload) } });
      await t.seen('main', 'heard Array(2)[1');
      // Another document, with the module loaded anew.
      await page.load(t.site.url('next'));
      await t.seen('main', 'heard Array(2)[2');
    },
    expected: {
      main: [
        ...['first', 'asked Array(2)[3, Array(1)[3]]', 'heard Array(2)[1, 0]'],
        ...['first', 'asked Array(2)[3, Array(1)[3]]', 'heard Array(2)[2, 0]'],
      ],
    },
  },
  {
    name: 'an application whose main file is an ES module',
    rows: ['context/modules'],
    contexts: ['isolated', 'node', 'sandboxed'],
    versions: { from: 28, why },
    process: { module: true },
    async main(t) {
      t.ipcMain.handle('add', (_event, a: number, b: number) => a + b);
      t.ipcMain.on('ask', (event, value) => {
        event.returnValue = [value];
      });
      t.ipcMain.on('tell', (event, n) => {
        t.log('tell', n);
        event.reply('news', n);
      });
      const page = await t.open({
        preload: (r) => r.ipcRenderer.on('news', (_event, n) => r.log('news', n)),
      });
      await page.run(async (r) => {
        r.log('add', await r.ipcRenderer.invoke('add', 1, 2));
        r.log('ask', r.ipcRenderer.sendSync('ask', 3));
        r.ipcRenderer.send('tell', 4);
      });
      await t.seen('page', 'news');
    },
    expected: { main: ['tell 4'], page: ['add 3', 'ask Array(1)[3]', 'news 4'] },
  },
];
export default scenarios;
