import { everywhere, type Scenario } from '../../harness/scenario.ts';

/** More than any part of ringwire puts together in one piece. */
const burst = 600;

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}

/** The numbers, with these in place of theirs. */
function listOf(count: number, others: Readonly<Record<number, string>>): string {
  return numbers(count)
    .map((n) => others[n] ?? n)
    .join(' ');
}

const scenarios: readonly Scenario[] = [
  {
    name: 'each message of a burst to main has its ticks, microtasks and errors to itself',
    rows: ['load/close-together', 'order/ticks-main', 'throw/main'],
    contexts: everywhere,
    async main(t) {
      const open = new Set<string>();
      let mixed = 0;
      const begin = (what: string): void => {
        if (open.size > 0) mixed++;
        open.add(what);
      };
      t.ipcMain.on('burst', (_event, n: number) => {
        begin(`tick ${n}`);
        open.add(`microtask ${n}`);
        process.nextTick(() => open.delete(`tick ${n}`));
        Promise.resolve()
          .then(() => undefined)
          .then(() => open.delete(`microtask ${n}`));
        if (n % 100 === 42) throw new RangeError(`in ${n}`);
      });
      const done = t.received('done');
      const page = await t.open();
      await page.run((r, burst) => {
        for (let n = 0; n < burst; n++) r.ipcRenderer.send('burst', n);
        r.ipcRenderer.send('done');
      }, burst);
      await done;
      t.log('mixed', mixed, 'open', open.size);
    },
    expected: {
      main: [
        ...[42, 142, 242, 342, 442, 542].map((n) => `uncaught RangeError("RangeError: in ${n}")`),
        'mixed 0 "open" 0',
      ],
    },
  },
  {
    name: 'each message of a burst to a renderer has its microtasks and errors to itself',
    rows: ['load/close-together', 'order/ticks-renderer', 'throw/renderer'],
    contexts: everywhere,
    async main(t) {
      const page = await t.open();
      await page.run((r, burst) => {
        const open = new Set<number>();
        let mixed = 0;
        let next = 0;
        r.ipcRenderer.on('burst', (_event, n) => {
          if (open.size > 0 || n !== next++) mixed++;
          open.add(n);
          Promise.resolve()
            .then(() => undefined)
            .then(() => open.delete(n));
          if (n === burst - 1) setTimeout(() => r.log('mixed', mixed, 'open', open.size));
          if (n === 300) throw new RangeError('in 300');
        });
      }, burst);
      for (let n = 0; n < burst; n++) page.webContents.send('burst', n);
      await t.seen('page', 'mixed');
    },
    expected: (context) => ({
      page: [
        context === 'sandboxed' ? 'uncaught Script error.' : 'uncaught RangeError: in 300',
        'mixed 0 "open" 0',
      ],
    }),
  },
  {
    name: 'the values of a burst are those of the moment of each call, and refused as ever',
    rows: ['load/close-together', 'renderer/snapshot', 'value/unclonable'],
    contexts: everywhere,
    async main(t) {
      let wrong = 0;
      let next = 0;
      t.ipcMain.on('burst', (_event, value: { n: number; list: number[]; date: Date }) => {
        const { n, list, date } = value;
        if (n !== next++ || list.length !== n % 5 || date.getTime() !== n) wrong++;
      });
      const done = t.received('done');
      const page = await t.open();
      await page.run((r, burst) => {
        const value = { n: 0, list: [] as number[], date: new Date(0) };
        let refused = 0;
        for (let n = 0; n < burst; n++) {
          value.n = n;
          value.list.length = n % 5;
          value.list.fill(n);
          value.date.setTime(n);
          r.ipcRenderer.send('burst', value);
          if (n % 50 !== 7) continue;
          for (const bad of [new Proxy({}, {}), () => n, { deep: [Symbol('s')] }]) {
            try {
              r.ipcRenderer.send('burst', bad);
            } catch (error) {
              if (String(error) === 'Error: An object could not be cloned.') refused++;
            }
          }
        }
        value.n = -1;
        r.ipcRenderer.send('done');
        r.log('refused', refused);
      }, burst);
      await done;
      t.log('wrong', wrong, 'of', next);
      await page.run((r, burst) => {
        let wrong = 0;
        let next = 0;
        r.ipcRenderer.on('burst', (_event, { n, map }) => {
          if (n !== next++ || map.get('n') !== n) wrong++;
          if (next === burst) r.log('wrong', wrong);
        });
      }, burst);
      const value = { n: 0, map: new Map<string, number>() };
      for (let n = 0; n < burst; n++) {
        value.n = n;
        value.map.set('n', n);
        page.webContents.send('burst', value);
      }
      value.map.clear();
      await t.seen('page', 'wrong');
    },
    expected: { main: [`wrong 0 "of" ${burst}`], page: ['refused 36', 'wrong 0'] },
  },
  {
    name: 'calls of a burst settle one by one, in the order of their answers',
    rows: ['load/close-together', 'load/in-flight', 'invoke/throws-error'],
    contexts: everywhere,
    async main(t) {
      const late: (() => void)[] = [];
      t.ipcMain.handle('answer', (_event, n: number) => {
        if (n % 3 === 0) return { n };
        if (n % 3 === 1) throw new RangeError(`not ${n}`);
        return new Promise((resolve) => late.push(() => resolve({ n })));
      });
      t.ipcMain.on('now', () => {
        for (const answer of late.reverse()) answer();
      });
      const page = await t.open();
      await page.run(async (r) => {
        const order: string[] = [];
        let open = 0;
        let mixed = 0;
        const calls = Array.from({ length: 60 }, async (_, n) => {
          const settled = await r.ipcRenderer.invoke('answer', n).then(
            (value) => `${value.n}`,
            (error) => (error.message.endsWith(`RangeError: not ${n}`) ? `-${n}` : String(error)),
          );
          if (open > 0) mixed++;
          open++;
          order.push(settled);
          await null;
          await null;
          open--;
        });
        r.ipcRenderer.send('now');
        await Promise.all(calls);
        r.log('order', order.join(' '));
        r.log('mixed', mixed);
      });
    },
    expected: {
      page: [
        `order ${JSON.stringify(
          [
            ...numbers(60)
              .filter((n) => n % 3 !== 2)
              .map((n) => (n % 3 === 0 ? n : -n)),
            ...numbers(20).map((i) => 59 - 3 * i),
          ].join(' '),
        )}`,
        'mixed 0',
      ],
    },
  },
  {
    name: 'a burst keeps its place among ports, synchronous calls and the end of its document',
    rows: ['load/close-together', 'order/mixed', 'lifetime/reload'],
    contexts: everywhere,
    async main(t) {
      const seen: string[] = [];
      t.ipcMain.on('send', (_event, n: number) => seen.push(`${n}`));
      t.ipcMain.on('post', (event, n: number) => seen.push(`${n} with ${event.ports.length}`));
      t.ipcMain.on('sync', (event, n: number) => {
        seen.push(`${n} sync`);
        event.returnValue = n;
      });
      const page = await t.open();
      const down: string[] = [];
      t.ipcMain.on('down', (_event, what: string) => down.push(what));
      await page.run((r) => {
        r.ipcRenderer.on('send', (_event, n) => r.ipcRenderer.send('down', `${n}`));
        r.ipcRenderer.on('post', (event, n) => {
          r.ipcRenderer.send('down', `${n} with ${event.ports.length}`);
        });
        r.ipcRenderer.on('end', () => r.ipcRenderer.send('down done'));
      });
      const done = t.received('down done');
      for (let n = 0; n < 30; n++) page.webContents.send('send', n);
      const { port1 } = new t.electron.MessageChannelMain();
      page.webContents.postMessage('post', 30, [port1]);
      page.webContents.postMessage('post', 31);
      for (let n = 32; n < 60; n++) page.webContents.send('send', n);
      page.webContents.send('end');
      await done;
      t.log('down', down.join(' '));
      const gone = t.event(page.webContents, 'did-finish-load');
      page.start((r) => {
        for (let n = 0; n < 30; n++) r.ipcRenderer.send('send', n);
        r.ipcRenderer.postMessage('post', 30, [new MessageChannel().port1]);
        for (let n = 31; n < 60; n++) r.ipcRenderer.send('send', n);
        r.ipcRenderer.sendSync('sync', 60);
        for (let n = 61; n < 90; n++) r.ipcRenderer.send('send', n);
        location.reload();
        for (let n = 90; n < 99; n++) r.ipcRenderer.send('send', n);
      });
      await gone;
      t.log('up', seen.join(' '));
    },
    expected: {
      main: [
        `down ${JSON.stringify(listOf(60, { 30: '30 with 1', 31: '31 with 0' }))}`,
        `up ${JSON.stringify(listOf(99, { 30: '30 with 1', 60: '60 sync' }))}`,
      ],
    },
  },
  {
    name: 'each message of a burst has its own values, as many as there were, and nobody else has them',
    rows: ['load/close-together', 'renderer/snapshot'],
    contexts: everywhere,
    async main(t) {
      const seen: string[] = [];
      const shared: unknown[] = [];
      for (const channel of ['a', 'b']) {
        t.ipcMain.on(channel, (_event, ...values: unknown[]) => {
          seen.push(`${channel}${values.length}`);
          if (typeof values[0] === 'object') shared.push(values[0]);
        });
        t.ipcMain.handle(channel, (_event, ...values: unknown[]) => `${channel}${values.length}`);
      }
      const done = t.received('done');
      const page = await t.open();
      await page.run(async (r) => {
        const one = { same: true };
        const values = [[], [one], [one, one], [1, 'two', null], [], []];
        const channels = ['a', 'a', 'b'];
        const send = (n: number) => {
          r.ipcRenderer.send(channels[n % 3] as string, ...(values[n % 6] as unknown[]));
        };
        for (let n = 0; n < 60; n++) send(n);
        const calls = Array.from({ length: 60 }, (_, n) =>
          r.ipcRenderer.invoke(channels[n % 3] as string, ...(values[(n >> 2) % 6] as unknown[])),
        );
        r.log('answers', (await Promise.all(calls)).join(' '));
        for (const channel of ['a', 'b']) {
          r.ipcRenderer.on(channel, (_event, ...values) => {
            r.ipcRenderer.send('down', `${channel}${values.length}`, values[0] !== values[1]);
          });
        }
        r.ipcRenderer.send('done');
      });
      await done;
      t.log('up', seen.join(' '));
      t.log('objects', shared.length, 'different', new Set(shared).size);
      const down: unknown[] = [];
      const all = new Promise<void>((resolve) => {
        t.ipcMain.on('down', (_event, what: string, different: boolean) => {
          down.push(`${what}${different}`);
          if (down.length === 60) resolve();
        });
      });
      const one = { same: true };
      const values = [[], [one], [one, one], [1, 'two', null]];
      for (let n = 0; n < 60; n++) {
        page.webContents.send(n % 3 < 2 ? 'a' : 'b', ...(values[(n >> 1) % 4] as unknown[]));
      }
      await all;
      t.log('down', down.join(' '));
    },
    expected: {
      main: [
        `up ${JSON.stringify(
          numbers(60)
            .map((n) => `${n % 3 < 2 ? 'a' : 'b'}${[0, 1, 2, 3, 0, 0][n % 6]}`)
            .join(' '),
        )}`,
        'objects 20 "different" 20',
        `down ${JSON.stringify(
          numbers(60)
            .map((n) => {
              const count = (n >> 1) % 4;
              return `${n % 3 < 2 ? 'a' : 'b'}${count}${count % 2 === 1}`;
            })
            .join(' '),
        )}`,
      ],
      page: [
        `answers ${JSON.stringify(
          numbers(60)
            .map((n) => `${n % 3 < 2 ? 'a' : 'b'}${[0, 1, 2, 3, 0, 0][(n >> 2) % 6]}`)
            .join(' '),
        )}`,
      ],
    },
  },
];
export default scenarios;
