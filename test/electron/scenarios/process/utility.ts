import type { Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'a utility process talks to main and, by a port, to a window',
    rows: ['context/utility'],
    contexts: ['isolated', 'node', 'sandboxed'],
    async main(t) {
      const script = t.file(
        'utility.js',
        [
          "process.parentPort.on('message', ({ data, ports }) => {",
          '  const [port] = ports;',
          '  if (port) {',
          "    port.on('message', ({ data }) => port.postMessage({ from: 'utility', data }));",
          '    port.start();',
          '  }',
          '  process.parentPort.postMessage([data, ports.length]);',
          '});',
        ].join('\n'),
      );
      const page = await t.open();
      const child = t.electron.utilityProcess.fork(script);
      child.postMessage('before it runs');
      const answers: unknown[] = [];
      const all = new Promise<void>((done) => {
        child.on('message', (...args) => {
          answers.push(args);
          if (answers.length === 2) done();
        });
      });
      const { port1, port2 } = new t.electron.MessageChannelMain();
      child.postMessage({ n: 1 }, [port1]);
      await page.run((r) => {
        r.ipcRenderer.on('port', ({ ports: [port] }) => {
          if (port === undefined) return;
          port.onmessage = ({ data }) => r.log('got', data);
          port.postMessage('from the window');
        });
      });
      page.webContents.postMessage('port', null, [port2]);
      await t.seen('page', 'got');
      await all;
      t.log('answers', answers);
      await t.attempt('unclonable', () => child.postMessage(() => {}));
      const exited = t.event(child, 'exit');
      child.kill();
      await exited;
      await t.attempt('after exit', () => child.postMessage('lost'));
    },
    expected: {
      main: [
        'answers Array(2)[Array(1)[Array(2)["before it runs", 0]], Array(1)[Array(2)[Object {n: 1}, 1]]]',
        'unclonable threw Error("Error: An object could not be cloned.")',
        'after exit returned undefined',
      ],
      page: ['got Object {from: "utility", data: "from the window"}'],
    },
  },
];

export default scenarios;
