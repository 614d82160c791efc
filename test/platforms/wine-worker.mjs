// Runs test files for vitest in a Node for Windows: `wine-worker.mjs <port of the pool>`. wine shows the root of
// this Linux as a drive. vite names files as on Linux: here they get their drive, and lose it on the way back.
import { connect } from 'node:net';
import { init, runBaseTests, setupEnvironment } from 'vitest/worker';
import { Frames, frameOf } from './frames.mjs';

const drive = 'Z:';

/** Of the answer to a request for a module: what the module is known by. */
function withDrive(message) {
  const module = message?.r;
  if (module?.externalize?.startsWith('file:///')) {
    module.externalize = module.externalize.replace('file:///', `file:///${drive}/`);
  }
  for (const name of ['file', 'id']) {
    if (module?.[name]?.startsWith?.('/')) module[name] = drive + module[name];
  }
  return message;
}

/** Of a request: the module, and who asks for it. */
function withoutDrive(message) {
  if (!Array.isArray(message?.a)) return message;
  const plain = (name) =>
    typeof name === 'string' ? name.replace(/^(?:\/@id\/|file:\/\/\/|)Z:\//, '/') : name;
  return { ...message, a: message.a.map(plain) };
}

const { exit } = process;
const socket = connect(Number(process.argv[2]), '127.0.0.1');
socket.on('close', () => exit());
socket.on('error', () => exit(1));

init({
  post: (message) => socket.write(frameOf(withoutDrive(message))),
  on(listener) {
    const frames = new Frames((message) => listener(withDrive(message)));
    socket.on('data', (bytes) => frames.take(bytes));
  },
  off() {},
  runTests: (state, traces) => runBaseTests('run', state, traces),
  collectTests: (state, traces) => runBaseTests('collect', state, traces),
  setup: setupEnvironment,
});
