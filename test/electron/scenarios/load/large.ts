import type { Scenario } from '../../harness/scenario.ts';

const sizes = { '64 KB': 64 << 10, '1 MB': 1 << 20, '16 MB': 16 << 20 };

const scenarios: readonly Scenario[] = [
  {
    name: 'large payloads arrive whole, by every way, forth and back',
    rows: ['load/large'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      t.ipcMain.on('bytes', (event, bytes: Uint8Array, small: string) => {
        t.log(small, bytes);
        event.reply('bytes', bytes, small);
      });
      t.ipcMain.on('sync', (event, bytes: Uint8Array) => {
        event.returnValue = bytes;
      });
      t.ipcMain.handle('bytes', (_event, bytes: Uint8Array) => bytes);
      const page = await t.open();
      for (const [name, size] of Object.entries(sizes)) {
        await page.run(
          async (r, name, size) => {
            const bytes = new Uint8Array(size);
            for (let i = 0; i < size; i += 997) bytes[i] = i >> 3;
            const replied = new Promise<void>((done) => {
              r.ipcRenderer.once('bytes', (_event, bytes, small) => {
                r.lane('reply').log(small, bytes);
                done();
              });
            });
            r.ipcRenderer.send('bytes', bytes, name);
            r.log(`${name} by sendSync`, r.ipcRenderer.sendSync('sync', bytes));
            r.log(`${name} by invoke`, await r.ipcRenderer.invoke('bytes', bytes));
            await replied;
          },
          name,
          size,
        );
      }
    },
    expected: {
      main: [
        '64 KB Uint8Array(65536 bytes at 0 of ArrayBuffer(65536: digest 299837e1))',
        '1 MB Uint8Array(1048576 bytes at 0 of ArrayBuffer(1048576: digest c3eb9a51))',
        '16 MB Uint8Array(16777216 bytes at 0 of ArrayBuffer(16777216: digest 5ff5dbc1))',
      ],
      page: [
        '64 KB by sendSync Uint8Array(65536 bytes at 0 of ArrayBuffer(65536: digest 299837e1))',
        '64 KB by invoke Uint8Array(65536 bytes at 0 of ArrayBuffer(65536: digest 299837e1))',
        '1 MB by sendSync Uint8Array(1048576 bytes at 0 of ArrayBuffer(1048576: digest c3eb9a51))',
        '1 MB by invoke Uint8Array(1048576 bytes at 0 of ArrayBuffer(1048576: digest c3eb9a51))',
        '16 MB by sendSync Uint8Array(16777216 bytes at 0 of ArrayBuffer(16777216: digest 5ff5dbc1))',
        '16 MB by invoke Uint8Array(16777216 bytes at 0 of ArrayBuffer(16777216: digest 5ff5dbc1))',
      ],
      'page:reply': [
        '64 KB Uint8Array(65536 bytes at 0 of ArrayBuffer(65536: digest 299837e1))',
        '1 MB Uint8Array(1048576 bytes at 0 of ArrayBuffer(1048576: digest c3eb9a51))',
        '16 MB Uint8Array(16777216 bytes at 0 of ArrayBuffer(16777216: digest 5ff5dbc1))',
      ],
    },
  },
  {
    name: 'large texts and trees arrive whole',
    rows: ['load/large'],
    contexts: ['isolated', 'node'],
    async main(t) {
      t.ipcMain.on('same', (event, value: unknown) => {
        event.returnValue = value;
      });
      const page = await t.open();
      await page.run(async (r) => {
        const text = 'The quick brown 狐 '.repeat(200_000);
        r.log('text', r.ipcRenderer.sendSync('same', text) === text);
        const tree = Array.from({ length: 30_000 }, (_, id) => ({
          id,
          name: `row ${id}`,
          tags: [id],
        }));
        const back = r.ipcRenderer.sendSync('same', tree);
        r.log('tree', back.length, JSON.stringify(back) === JSON.stringify(tree));
      });
    },
    expected: { page: ['text true', 'tree 30000 true'] },
  },
  {
    name: 'large and small messages from main keep their order',
    rows: ['load/large', 'order/push'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open({
        preload: (r) => r.ipcRenderer.on('news', (_event, n, bytes) => r.log(`news ${n}`, bytes)),
      });
      for (let n = 0; n < 12; n++) {
        const size = n % 3 === 0 ? 3 << 20 : n % 3;
        page.webContents.send('news', n, new Uint8Array(size).fill(n));
      }
      await t.seen('page', 'news 11');
    },
    expected: {
      page: [
        'news 0 Uint8Array(3145728 bytes at 0 of ArrayBuffer(3145728: digest fadc9dc5))',
        'news 1 Uint8Array(1 bytes at 0 of ArrayBuffer(1: 01))',
        'news 2 Uint8Array(2 bytes at 0 of ArrayBuffer(2: 0202))',
        'news 3 Uint8Array(3145728 bytes at 0 of ArrayBuffer(3145728: digest f88c9dc5))',
        'news 4 Uint8Array(1 bytes at 0 of ArrayBuffer(1: 04))',
        'news 5 Uint8Array(2 bytes at 0 of ArrayBuffer(2: 0505))',
        'news 6 Uint8Array(3145728 bytes at 0 of ArrayBuffer(3145728: digest 1ddc9dc5))',
        'news 7 Uint8Array(1 bytes at 0 of ArrayBuffer(1: 07))',
        'news 8 Uint8Array(2 bytes at 0 of ArrayBuffer(2: 0808))',
        'news 9 Uint8Array(3145728 bytes at 0 of ArrayBuffer(3145728: digest 780c9dc5))',
        'news 10 Uint8Array(1 bytes at 0 of ArrayBuffer(1: 0a))',
        'news 11 Uint8Array(2 bytes at 0 of ArrayBuffer(2: 0b0b))',
      ],
    },
  },
];
export default scenarios;
