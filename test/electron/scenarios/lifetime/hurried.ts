import type { Scenario } from '../../harness/scenario.ts';

/** Documents of which each is left as soon as it is there. */
const documents = 20;
/** Times that main sends while each of them is left. */
const turns = 10;
const busy =
  '<script>for (const end = performance.now() + 15; performance.now() < end; );</script>';

const scenarios: readonly Scenario[] = [
  {
    name: 'what main sends to documents that are left before they have joined is not lost',
    rows: ['lifetime/navigation', 'order/push'],
    contexts: ['isolated', 'bare', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open({
        preload: (r) => {
          r.ipcRenderer.on('news', (_event, n: number) => r.ipcRenderer.send('heard', n));
        },
      });
      const { webContents } = page;
      const heard: number[] = [];
      t.ipcMain.on('heard', (_event, n: number) => heard.push(n));
      let n = 0;
      const some = (): void => {
        for (let i = 0; i < 4; i++) webContents.send('news', n++);
      };
      // The next load begins before main knows that the document has a ring, whose messages the
      // document may not read any more: it is busy until then.
      for (let at = 0; at < documents; at++) {
        const committed = t.event(webContents, 'did-frame-navigate');
        void webContents.loadURL(t.site.url(`${busy}${at}`)).catch(() => {});
        for (let turn = 0; turn < turns; turn++) {
          some();
          await new Promise((later) => setTimeout(later, 2));
        }
        await committed;
      }
      await page.load(t.site.url('last'));
      some();
      await new Promise<void>((all) => {
        t.ipcMain.on('heard', (_event, last) => last === n && all());
        webContents.send('news', n);
      });
      heard.pop();
      t.log('sent', n, 'lost', n - new Set(heard).size);
      t.log(
        'in order',
        heard.every((n, at) => at === 0 || n > (heard[at - 1] as number)),
      );
    },
    expected: { main: [`sent ${documents * turns * 4 + 4} "lost" 0`, 'in order true'] },
  },
];
export default scenarios;
