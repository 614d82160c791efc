import type { Scenario } from '../../harness/scenario.ts';

/** Answers its page, and gives it a document that no server has. */
const worker = `
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', ({ data, source }) => {
  source.postMessage([data, typeof require, typeof process]);
});
self.addEventListener('fetch', (event) => {
  if (!event.request.url.endsWith('/made')) return;
  const headers = { 'content-type': 'text/html' };
  event.respondWith(new Response('<title>made by the worker</title>', { headers }));
});
`;

const scenarios: readonly Scenario[] = [
  {
    name: 'a page with a service worker, and a document that the worker made',
    rows: ['context/service-worker'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const headers = { 'content-type': 'text/javascript' };
      const script = t.site.url(worker, { headers, raw: true });
      t.ipcMain.handle('ask', (event, value) => [value, event.sender.getTitle()]);
      // Of its own, so the worker has no say in the pages of other scenarios.
      const page = await t.open({ webPreferences: { partition: 'with-a-service-worker' } });
      const { serviceWorkers } = page.webContents.session;
      await page.run(async (r, script) => {
        const { serviceWorker } = navigator;
        const claimed = new Promise((done) => {
          serviceWorker.oncontrollerchange = done;
        });
        await serviceWorker.register(script, { scope: '/' });
        await claimed;
        const answer = new Promise((done) => {
          serviceWorker.onmessage = ({ data }) => done(data);
        });
        serviceWorker.controller?.postMessage('hello');
        r.log('worker', await answer);
        r.log('main', await r.ipcRenderer.invoke('ask', 1));
      }, script);
      t.log('running', Object.keys(serviceWorkers.getAllRunning()).length);
      await page.load(new URL('/made', t.site.url()).href);
      await page.run(async (r) => {
        r.log('main', await r.ipcRenderer.invoke('ask', 2));
        const [registration] = await navigator.serviceWorker.getRegistrations();
        r.log('unregistered', await registration?.unregister());
      });
    },
    expected: {
      main: ['running 1'],
      page: [
        'worker Array(3)["hello", "undefined", "undefined"]',
        'main Array(2)[1, "page"]',
        'main Array(2)[2, "made by the worker"]',
        'unregistered true',
      ],
    },
  },
];
export default scenarios;
