const { ipcRenderer } = require('electron');
const { createClient, createEventHandlers } = require('@egoist/tipc/renderer');
const { onGo, pageJournal } = require('#journal');

// As its documentation says: the methods by themselves, without their object.
const client = createClient({ ipcInvoke: ipcRenderer.invoke });
const handlers = createEventHandlers({
  on: (channel, callback) => {
    ipcRenderer.on(channel, callback);
    return () => ipcRenderer.off(channel, callback);
  },
  send: ipcRenderer.send,
});

const { log } = pageJournal('page');
const stop = handlers.progress.listen((part, info) => {
  log(`progress ${part}`, info);
  if (part === 1) stop();
});
handlers.measure.handle(async (what, n) => `${what}: ${n}`);
handlers.broken.handle(async () => {
  throw new EvalError('the page is broken');
});

onGo('page', async ({ attempt }) => {
  await attempt('sum', () => client.sum({ a: 2, b: 3 }));
  await attempt('title', () => client.title());
  const entries = new Map([['one', { date: new Date(0) }]]);
  const bytes = new Uint8Array([1, 2, 3]);
  await attempt('save', () => client.save({ entries, bytes }));
  await attempt('fail', () => client.fail());
  await attempt('unclonable', () => client.unclonable());
  await attempt('function', () => client.sum({ a: () => 1 }));
  await attempt('no procedure', () => client.nowhere());
  await attempt('forty', async () => {
    const calls = Array.from({ length: 40 }, (_, n) => client.sum({ a: n, b: 1 }));
    return (await Promise.all(calls)).every((sum, n) => sum === n + 1);
  });
});
