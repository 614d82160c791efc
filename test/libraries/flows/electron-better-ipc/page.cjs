const { ipcRenderer } = require('electron-better-ipc');
const { onGo, pageJournal } = require('#journal');

const actor = /--actor=(\w+)/.exec(process.argv.join(' '))[1];

ipcRenderer.answerMain('multiply', ([a, b]) => a * b);
ipcRenderer.answerMain('later', async (n) => {
  await new Promise((resolve) => setTimeout(resolve, (n * 7) % 5));
  return n * n;
});
ipcRenderer.answerMain('page fails', async (who) => {
  throw Object.assign(new TypeError(`not for ${who}`), { hint: ['ask', 'again'] });
});
ipcRenderer.on('news', (_event, news) => pageJournal(actor).log('news', news));

onGo(actor, async ({ attempt }) => {
  const call = (channel, data) => () => ipcRenderer.callMain(channel, data);
  await attempt('add', call('add', { a: 1, b: 2 }));
  const shared = { name: 'shared' };
  const value = { map: new Map([[shared, 1n]]), again: shared, none: undefined };
  await attempt('echo', call('echo', value));
  await attempt('whose', call('whose'));
  await attempt('fail', call('fail'));
  await attempt('count', call('until stopped', 1));
  await attempt('count again', call('until stopped', 2));
  await attempt('fifty', async () => {
    const calls = Array.from({ length: 50 }, (_, n) => ipcRenderer.callMain('add', { a: n, b: n }));
    return (await Promise.all(calls)).every((sum, n) => sum === 2 * n);
  });
});
