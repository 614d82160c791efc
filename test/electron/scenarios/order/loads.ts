import type { MainKit } from '../../harness/main-kit.ts';
import type { Page } from '../../harness/page.ts';
import { everywhere, type Scenario } from '../../harness/scenario.ts';

/** Begins a load that ends without another document. */
type Attempt = (t: MainKit, page: Page) => void;

const attempts: Readonly<Record<string, Attempt>> = {
  'an answer without content'(t, page) {
    void page.webContents.loadURL(t.site.url('', { status: 204 })).catch(() => {});
  },
  'a download'(t, page) {
    const { session } = page.webContents;
    session.once('will-download', (event) => event.preventDefault());
    const url = t.site.url('data', { headers: attachment });
    void page.webContents.loadURL(url).catch(() => {});
  },
  'webContents.stop()'(t, page) {
    const stop = (): void => page.webContents.stop();
    page.webContents.once('did-start-navigation', () => setImmediate(stop));
    void page.webContents.loadURL(t.site.url('never shown')).catch(() => {});
  },
  'window.stop()'(t, page) {
    page.start(
      (_r, url) => {
        location.href = url;
        setTimeout(() => window.stop(), 0);
      },
      t.site.url('', { status: 204 }),
    );
  },
  'a location that is replaced at once'(t, page) {
    const urls = [1, 2].map((n) => t.site.url(`${n}`, { status: 204 }));
    page.start((_r, urls) => {
      for (const url of urls) location.href = url;
    }, urls);
  },
};

const attachment = { 'content-disposition': 'attachment; filename=data.bin' };

/** Rounds of each. */
const rounds = 8;
/** Messages before, during and after each load. */
const burst = 20;

const scenarios: readonly Scenario[] = Object.entries(attempts).map(
  ([title, attempt]): Scenario => ({
    name: `what main sends around a load that comes to nothing stays in order: ${title}`,
    rows: ['order/push'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open({
        preload: (r) => {
          const seen: number[] = [];
          r.ipcRenderer.on('news', (_event, n: number) => {
            seen.push(n);
            // Messages of both paths wait when this one is done.
            const until = performance.now() + 2;
            while (n % 10 === 0 && performance.now() < until);
          });
          r.ipcRenderer.on('end', (_event, count) => {
            r.log('all', seen.length, count);
            r.log('out of order', seen.filter((n, at) => n !== at).length);
          });
        },
      });
      const { webContents } = page;
      let n = 0;
      const some = (): void => {
        for (let i = 0; i < burst; i++) {
          if (i % 7 === 3) webContents.postMessage('news', n++);
          else if (i % 7 === 5) webContents.mainFrame.send('news', n++);
          else webContents.send('news', n++);
        }
      };
      for (let round = 0; round < rounds; round++) {
        const started = t.event(webContents, 'did-start-navigation').then(some);
        const stopped = t.event(webContents, 'did-stop-loading').then(some);
        some();
        attempt(t, page);
        await Promise.all([started, stopped]);
        some();
      }
      webContents.send('end', n);
      await t.seen('page', 'out of order');
    },
    expected: {
      page: [`all ${rounds * burst * 4} ${rounds * burst * 4}`, 'out of order 0'],
    },
  }),
);

export default scenarios;
