const remote = require('@electron/remote/main');
const { Account } = require('./account.cjs');

/** Objects of main in a window: members, callbacks, errors, windows, and how long they live. */
module.exports = async ({ log, open, ended, go, ready, seen, collectUntil }) => {
  remote.initialize();
  const account = new Account();
  globalThis.account = account;
  const window = await open({
    preload: 'page.cjs',
    webPreferences: { nodeIntegration: true, contextIsolation: false },
    before: ({ webContents }) => remote.enable(webContents),
  });
  await ended('page');
  account.emit('balance', 99);
  log('listeners', account.listenerCount('balance'), account.listenerCount('closed'));

  // The page has let go of one of these, and kept the other.
  await collectUntil(() => !account.isAlive('dropped'));
  log('dropped is gone', account.isAlive('kept'));

  // The page has let go of its function, which only this process holds.
  account.useKept('still there');
  await seen('page', 'kept "still there"');
  account.letGo();
  let gone = false;
  seen('page', 'function is gone').then(() => {
    gone = true;
  });
  await collectUntil(() => gone);

  const loaded = new Promise((resolve) => window.webContents.once('did-finish-load', resolve));
  window.webContents.reload();
  await loaded;
  await ready(window);
  await collectUntil(() => !account.isAlive('kept'));
  log('kept is gone');
  account.emit('closed', 'the old page does not hear it');
  log('listeners', account.listenerCount('closed'));
  // It is the new page that says so, by a message that is its answer to one.
  await seen('console', 'warn: Attempting to call a function');
  await go(window);
  await seen('page', 'again');
};
