import { contexts, type Scenario } from '../../harness/scenario.ts';

/** Asks main in every way, and tells it what it hears. */
const preload = `
const { ipcRenderer } = require('electron');
ipcRenderer.on('news', (event, n) => ipcRenderer.send('heard', n, event.ports.length));
ipcRenderer.invoke('add', 1, 2).then((sum) => {
  ipcRenderer.send('asked', sum, ipcRenderer.sendSync('ask', sum));
});
`;

const scenarios: readonly Scenario[] = [
  {
    name: 'the views of a BaseWindow have IPC of their own, and end with their web contents',
    rows: ['context/views'],
    contexts: ['isolated', 'node', 'sandboxed'],
    versions: { from: 30, why: 'BaseWindow and WebContentsView came with it' },
    async main(t) {
      const { BaseWindow, BrowserWindow, WebContentsView } = t.electron;
      const window = new BaseWindow({ show: false });
      const owner: unknown = window;
      const file = t.file('view-preload.js', preload);
      const contents = ['left', 'right'].map((name) => {
        const webPreferences = { ...contexts[t.context], preload: file };
        const view = new WebContentsView({ webPreferences });
        window.contentView.addChildView(view);
        const { webContents } = view;
        const lane = t.lane(name);
        webContents.ipc.handle('add', (_event, a: number, b: number) => a + b);
        webContents.ipc.on('ask', (event, sum) => {
          event.returnValue = [name, sum];
        });
        webContents.ipc.on('asked', (event, ...args) => {
          lane.log('asked', args, event.sender === webContents);
          lane.log('frame', event.senderFrame === webContents.mainFrame);
          lane.log('window', BrowserWindow.fromWebContents(event.sender) === owner);
          webContents.mainFrame.ipc.once('heard', (_event, n) => lane.log('by the frame', n));
          webContents.ipc.on('heard', (_event, ...args) => lane.log('heard', args));
          webContents.send('news', 1);
          event.reply('news', 2);
        });
        return webContents;
      });
      await Promise.all(contents.map((each) => each.loadURL(t.site.url())));
      for (const name of ['left', 'right']) await t.seen(`main:${name}`, 'heard Array(2)[2');
      const path = t.context === 'sandboxed' ? 'stock' : 'ring';
      for (const each of contents) await t.onPath(each.mainFrame, path);
      for (const each of contents) {
        const ended = t.event(each, 'destroyed');
        each.close();
        await ended;
        await t.attempt('after its end', () => each.send('news', 3));
      }
      window.destroy();
    },
    expected: {
      main: Array(2).fill('after its end threw TypeError("TypeError: Object has been destroyed")'),
      ...Object.fromEntries(
        ['left', 'right'].map((name) => [
          `main:${name}`,
          [
            `asked Array(2)[3, Array(2)["${name}", 3]] true`,
            'frame true',
            'window true',
            'by the frame 1',
            'heard Array(2)[1, 0]',
            'heard Array(2)[2, 0]',
          ],
        ]),
      ),
    },
  },
];
export default scenarios;
