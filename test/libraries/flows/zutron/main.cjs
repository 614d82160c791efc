const { ipcMain } = require('electron');
const { mainZustandBridge } = require('zutron/main');
const { createStore } = require('zustand/vanilla');

/** One store in main, mirrored in two windows. */
module.exports = async ({ log, open, go, ended, seen }) => {
  const store = createStore((set, get) => ({
    count: 0,
    items: new Map(),
    add: (n) => set({ count: get().count + n }),
    put: ({ key, value }) => set({ items: new Map(get().items).set(key, value) }),
  }));
  store.subscribe(({ count, items }) => log('state', count, items));
  const windows = [];
  const bridge = mainZustandBridge(ipcMain, store, windows);

  const options = { preload: 'preload.cjs', html: 'page.html', go: false };
  for (const name of ['first', 'second']) {
    windows.push(await open({ ...options, webPreferences: { additionalArguments: [name] } }));
  }
  const [first, second] = windows;
  await Promise.all([seen('first', 'initial'), seen('second', 'initial')]);
  await go(first);
  await ended('first');
  await seen('second', 'state 6');
  store.getState().add(10);
  await Promise.all([seen('first', 'state 16'), seen('second', 'state 16')]);
  const closed = new Promise((resolve) => second.once('closed', resolve));
  second.close();
  await closed;
  store.getState().add(1);
  await seen('first', 'state 17');
  bridge.unsubscribe();
  store.getState().add(1);
  log('unsubscribed');
};
