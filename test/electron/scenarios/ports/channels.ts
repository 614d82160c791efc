import type { Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'the ports of main keep their rules',
    rows: ['ports/main-rules'],
    async main(t) {
      const { port1, port2 } = new t.electron.MessageChannelMain();
      // biome-ignore lint/suspicious/noExplicitAny: the point is to pass what the types refuse
      const post = port1.postMessage.bind(port1) as any;
      const { port1: other } = new t.electron.MessageChannelMain();
      await t.attempt('nothing', () => post());
      await t.attempt('unclonable', () => post(() => {}));
      await t.attempt('not a port', () => post(1, [{}]));
      await t.attempt('not a list', () => post(1, 7));
      await t.attempt('itself', () => post(1, [port1]));
      await t.attempt('twice', () => post(1, [other, other]));
      await t.attempt('good', () => post({ n: 1 }, [other]));
      await t.attempt('neutered', () => post(1, [other]));
      const port = t.lane('port');
      const last = new Promise<void>((done) => {
        port2.on('message', (event) => {
          port.log('got', event.data, event.ports.length, Object.keys(event).sort());
          if (event.data === 'last') done();
        });
      });
      const closed = t.event(port2, 'close');
      port2.start();
      port2.start();
      post('last');
      await last;
      port1.on('close', () => port.log('closed here'));
      port1.close();
      port1.close();
      port.log('closed there', (await closed).length);
      await t.attempt('closed', () => post('lost'));
    },
    expected: {
      main: [
        'nothing threw TypeError("TypeError: Expected at least one argument to postMessage")',
        'unclonable threw Error("Error: An object could not be cloned.")',
        'not a port threw TypeError("TypeError: Port at index 0 is not a valid port")',
        'not a list threw TypeError("TypeError: transferables must be an array of MessagePorts")',
        'itself threw Error("Error: Port at index 0 contains the source port.")',
        'twice threw Error("Error: Port at index 1 is a duplicate.")',
        'good returned undefined',
        'neutered threw Error("Error: Port at index 0 is already neutered.")',
        'closed returned undefined',
      ],
      'main:port': [
        // Electron sends this although it has thrown.
        'got null 0 Array(2)["data", "ports"]',
        'got Object {n: 1} 1 Array(2)["data", "ports"]',
        'got "last" 0 Array(2)["data", "ports"]',
        'closed here',
        'closed there 1',
      ],
    },
  },
  {
    name: 'a port that goes to a channel nobody listens on closes its other end',
    rows: ['ports/main-rules'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const page = await t.open();
      const { port1, port2 } = new t.electron.MessageChannelMain();
      const closed = t.event(port1, 'close');
      port1.start();
      page.webContents.postMessage('nobody', 'a port', [port2]);
      await page.run(() => {});
      let gone = false;
      void closed.then(() => {
        gone = true;
      });
      await page.run(async () => {
        const { gc } = globalThis as { gc?: () => void };
        for (let n = 0; n < 20; n++) {
          gc?.();
          await new Promise((later) => setTimeout(later));
        }
      });
      await t.collectUntil(() => gone);
      t.log('closed');
    },
    expected: { main: ['closed'] },
  },
];

export default scenarios;
