const promiseIpc = require('electron-promise-ipc');

/** Promises in both directions, their failures, time-outs, and listeners that go away. */
module.exports = async ({ log, attempt, open, ended }) => {
  promiseIpc.on('sum', (...numbers) => {
    const event = numbers.pop();
    log('sum', numbers, typeof event.sender.id);
    return numbers.reduce((sum, number) => sum + number, 0);
  });
  promiseIpc.on('slow', async (n) => {
    await new Promise((resolve) => setTimeout(resolve, (n * 7) % 5));
    return [n, new Date(n)];
  });
  promiseIpc.on('fail', () => {
    throw Object.assign(new Error('no disk'), { code: 'ENOSPC' });
  });
  promiseIpc.on('reject', () => Promise.reject({ plain: 'object' }));
  promiseIpc.on('replaced', () => 'first');
  promiseIpc.on('replaced', () => 'second');
  const gone = () => 'gone';
  promiseIpc.on('gone', gone);
  promiseIpc.off('gone', gone);

  const webPreferences = { nodeIntegration: true, contextIsolation: false };
  const { webContents } = await open({ preload: 'page.cjs', webPreferences });
  await ended('page');
  const send =
    (route, ...args) =>
    () =>
      promiseIpc.send(route, webContents, ...args);
  await attempt('title', send('title'));
  await attempt('set', send('title', 'from main'));
  await attempt('title', send('title'));
  await attempt('fail', () => send('page fails')().catch(({ name, message }) => [name, message]));
  await attempt('thirty', async () => {
    const calls = Array.from({ length: 30 }, (_, n) => send('page slow', n)());
    return (await Promise.all(calls)).every((answer, n) => answer.n === n);
  });
  const impatient = new promiseIpc.PromiseIpc({ maxTimeoutMs: 20 });
  await attempt('nobody', () => impatient.send('nobody', webContents));
};
