import type { Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'what a document sent before a reload arrives before anything of the next one',
    rows: ['order/documents'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const order: string[] = [];
      t.ipcMain.on('from', (event, document: string, n: number) => {
        order.push(document);
        // Slow enough for the next document to come while messages of the first still wait.
        const until = performance.now() + 1;
        while (n % 20 === 0 && performance.now() < until);
        event.returnValue = document;
      });
      t.ipcMain.handle('from', (_event, document: string) => {
        order.push(document);
      });
      const page = await t.open({
        preload: (r) => {
          const visit = Number(sessionStorage.getItem('visit') ?? '0') + 1;
          sessionStorage.setItem('visit', String(visit));
          r.ipcRenderer.send('from', `document ${visit}`, 1);
          r.ipcRenderer.sendSync('from', `document ${visit}`, 1);
          void r.ipcRenderer.invoke('from', `document ${visit}`, 1);
          addEventListener('unload', () => r.ipcRenderer.send('from', `document ${visit}`, 1));
        },
      });
      for (let n = 0; n < 4; n++) {
        const loaded = t.event(page.webContents, 'did-finish-load');
        page.start((r) => {
          const visit = sessionStorage.getItem('visit');
          for (let n = 0; n < 1000; n++) r.ipcRenderer.send('from', `document ${visit}`, n);
          location.reload();
        });
        await loaded;
      }
      const changes = order.filter((document, at) => document !== order[at - 1]);
      t.log('order', changes);
      t.log('messages', order.length);
    },
    expected: {
      main: [
        'order Array(5)["document 1", "document 2", "document 3", "document 4", "document 5"]',
        'messages 4019',
      ],
    },
  },
];

export default scenarios;
