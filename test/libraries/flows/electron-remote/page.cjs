const remote = require('@electron/remote');
const { onGo } = require('#journal');

onGo('page', async ({ log, attempt }) => {
  const account = remote.getGlobal('account');
  if (performance.getEntriesByType('navigation')[0].type === 'reload') {
    log('again', account.balance, account.deposit(1).balance);
    return;
  }
  log('application', remote.app.getVersion(), remote.app.isReady());
  await attempt('module', () => remote.require('node:path').join('a', '..', 'b'));
  await attempt('no module', () => {
    try {
      remote.require('ringwire-nowhere');
    } catch (error) {
      return [error.code, error.message.split('\n', 1)];
    }
  });

  const window = remote.getCurrentWindow();
  window.setTitle('set by the page');
  log('title', window.getTitle(), window.webContents.getTitle());
  log('same window', window === remote.getCurrentWindow());
  window.setSize(411, 322);
  log('size', window.getSize());

  log('balance', account.balance, account.owner.name, account.owner.tags, account.owner.since);
  account.balance = 20;
  log('deposited', account.deposit(1, 2).balance);
  log('same', account.isSame(account), account.isSame(account.deposit()), account.isSame({}));
  log('keys', Object.keys(account.owner), 'withdraw' in account, account.constructor.name);
  await attempt('wrong balance', () => {
    account.balance = 'much';
  });
  await attempt('withdraw', () => {
    try {
      account.withdraw();
    } catch (error) {
      return error.message.split('\n', 1);
    }
  });
  await attempt('locked', () => {
    try {
      return account.locked;
    } catch (error) {
      return [error.name, error.message, error.code, error.owner.name];
    }
  });
  await attempt('later', async () => {
    const { value, account: same } = await account.later(5);
    return [value, same === account];
  });
  await attempt('bad later', () => account.later('bad'));
  await attempt('reverse', () => account.reverse(Buffer.from('stressed')).toString());
  await attempt('each', async () => {
    const calls = [];
    const called = new Promise((resolve) => {
      const types = account.each([1, 'two', null], (item, from) => {
        if (calls.push([item, from === account]) === 3) resolve();
      });
      log('types', types);
    });
    await called;
    return calls;
  });

  await attempt('listener', async () => {
    const heard = [];
    const listener = (value, date) => heard.push([value, date]);
    account.on('balance', listener);
    account.deposit(100, 200);
    await account.later();
    account.removeListener('balance', listener);
    account.deposit(400);
    await account.later();
    return heard;
  });
  account.on('closed', (text) => log('closed', text));

  await attempt('another window', async () => {
    const webPreferences = { sandbox: false };
    const other = new remote.BrowserWindow({
      show: false,
      width: 222,
      height: 111,
      webPreferences,
    });
    const closed = new Promise((resolve) => other.once('closed', () => resolve('closed')));
    await other.loadURL('data:text/html,<title>other</title>');
    log('other', other.getTitle(), other.getSize(), other.id !== window.id);
    other.close();
    return closed;
  });

  globalThis.kept = account.statement('kept');
  let dropped = account.statement('dropped');
  log('statements', globalThis.kept.lines(), dropped.lines());
  await collectGarbage();
  log('alive', account.isAlive('dropped'), dropped.name);
  dropped = undefined;

  let callback = (text) => log('kept', text);
  const gone = new FinalizationRegistry(() => log('function is gone'));
  gone.register(callback);
  account.keep(callback);
  callback = undefined;
  globalThis.gone = gone;
  globalThis.collecting = setInterval(() => globalThis.gc(), 10);
});

async function collectGarbage() {
  for (let round = 0; round < 5; round++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve));
  }
}
