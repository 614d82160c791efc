const { ipcMain } = require('electron-better-ipc');

/** Both sides call and answer, with values, errors and broadcasts. */
module.exports = async ({ log, attempt, open, ended, go, seen }) => {
  ipcMain.answerRenderer('add', ({ a, b }) => a + b);
  ipcMain.answerRenderer('echo', async (value) => value);
  ipcMain.answerRenderer('whose', (_data, window) => window.getTitle());
  ipcMain.answerRenderer('fail', async () => {
    throw Object.assign(new RangeError('no such page'), { code: 'E_PAGE', page: 12 });
  });
  const stop = ipcMain.answerRenderer('until stopped', (count) => {
    if (count === 2) stop();
    return count;
  });

  const preference = { nodeIntegration: true, contextIsolation: false };
  const openPage = (name, go) => {
    const webPreferences = { ...preference, additionalArguments: [`--actor=${name}`] };
    return open({ preload: 'page.cjs', webPreferences, go });
  };
  const first = await openPage('first');
  await ended('first');
  const call = (channel, data) => () => ipcMain.callRenderer(first, channel, data);
  await attempt('multiply', call('multiply', [6, 7]));
  await attempt('fails', call('page fails', 'main'));
  await attempt('twenty', async () => {
    const calls = Array.from({ length: 20 }, (_, n) => ipcMain.callRenderer(first, 'later', n));
    return (await Promise.all(calls)).every((square, n) => square === n * n);
  });
  await attempt('nobody in focus', () => ipcMain.callFocusedRenderer('multiply', [1, 1]));
  await attempt('no window', () => ipcMain.callRenderer(null, 'multiply', [1, 1]));

  const second = await openPage('second', false);
  ipcMain.sendToRenderers('news', { date: new Date(0), list: new Set([1, 2]) });
  await Promise.all([seen('first', 'news'), seen('second', 'news')]);
  log('both had the news');
  ipcMain.answerRenderer(second, 'until stopped', (count) => `second ${count}`);
  await go(second);
  await ended('second');
};
