const promiseIpc = require('electron-promise-ipc');
const { onGo } = require('#journal');

promiseIpc.on('title', (title, event) => {
  if (event !== undefined) document.title = title;
  return document.title;
});
promiseIpc.on('page slow', async (n) => {
  await new Promise((resolve) => setTimeout(resolve, (n * 7) % 5));
  return { n };
});
promiseIpc.on('page fails', () => new DOMParser().parseFromString('', 'text/x'));

onGo('page', async ({ attempt }) => {
  const send =
    (route, ...args) =>
    () =>
      promiseIpc.send(route, ...args);
  await attempt('sum', send('sum', 1, 2, 3));
  await attempt('sum of nothing', send('sum'));
  await attempt('fail', () => send('fail')().catch(({ stack: _, ...rest }) => rest));
  await attempt('reject', send('reject'));
  await attempt('replaced', send('replaced'));
  await attempt('thirty', async () => {
    const calls = Array.from({ length: 30 }, (_, n) => promiseIpc.send('slow', n));
    return (await Promise.all(calls)).every(([m, date], n) => m === n && Number(date) === n);
  });
  const impatient = new promiseIpc.PromiseIpc({ maxTimeoutMs: 20 });
  await attempt('gone', () => impatient.send('gone'));
  await attempt(
    'function',
    send('sum', () => {}),
  );
});
