import type { MainKit } from '../../harness/main-kit.ts';
import type { Scenario } from '../../harness/scenario.ts';

/** A utility process that says what it gets, and talks to whoever it is given a port for. */
const child = `
process.parentPort.on('message', ({ data, ports }) => {
  if (data === 'exit') process.exit(7);
  process.parentPort.postMessage({ data, ports: ports.length });
  for (const port of ports) {
    port.on('message', (event) => port.postMessage({ through: event.data }));
    port.start();
  }
});
`;

function fork(t: MainKit): Electron.UtilityProcess {
  return t.electron.utilityProcess.fork(t.file('utility.js', child));
}

const scenarios: readonly Scenario[] = [
  {
    name: 'a utility process is talked to as ever',
    rows: ['utility/messages'],
    async main(t) {
      const page = await t.open();
      await page.run((r) => r.attempt('window', () => r.ipcRenderer.invoke('nobody')));
      const utility = fork(t);
      const other = t.lane('utility');
      utility.on('message', (...args: unknown[]) => other.log('message', ...args));
      utility.postMessage('before it has started');
      utility.postMessage({ map: new Map([[1, 2n]]) });
      await t.attempt('unclonable', () => utility.postMessage(() => {}));
      await t.attempt('no port', () => utility.postMessage(1, [{} as never]));
      await t.seen('main:utility', 'message Object {data: Object');
      const exited = t.event(utility, 'exit');
      utility.postMessage('exit');
      t.log('exit', (await exited)[0]);
      await t.attempt('after its end', () => utility.postMessage('to nobody'));
    },
    expected: {
      main: [
        'unclonable threw Error("Error: An object could not be cloned.")',
        'no port threw TypeError("TypeError: Invalid value for transfer")',
        'exit 7',
        'after its end returned undefined',
      ],
      'main:utility': [
        'message Object {data: "before it has started", ports: 0}',
        'message Object {data: Object {map: Map(1 => 2n)}, ports: 0}',
      ],
    },
  },
  {
    name: 'a window and a utility process are connected by a channel of main',
    rows: ['utility/ports'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open({
        preload: (r) =>
          r.ipcRenderer.on('port', ({ ports: [port] }) => {
            if (port === undefined) return;
            port.onmessage = ({ data }) => {
              r.log('got', data);
              if (data.through === 2) r.ipcRenderer.send('done', r.ipcRenderer.sendSync('ask', 1));
            };
            port.postMessage(1);
            port.postMessage(2);
          }),
      });
      t.ipcMain.on('ask', (event, n: number) => {
        event.returnValue = n + 1;
      });
      const done = t.received('done');
      const { port1, port2 } = new t.electron.MessageChannelMain();
      const utility = fork(t);
      const given = t.event(utility, 'message');
      utility.postMessage('a port', [port1]);
      page.webContents.postMessage('port', null, [port2]);
      t.log('given', (await given)[0]);
      t.log('done', await done);
      const exited = t.event(utility, 'exit');
      t.log('kill', utility.kill());
      await exited;
    },
    expected: {
      main: ['given Object {data: "a port", ports: 1}', 'done Array(1)[2]', 'kill true'],
      page: ['got Object {through: 1}', 'got Object {through: 2}'],
    },
  },
];
export default scenarios;
