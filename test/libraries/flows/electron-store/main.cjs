const { ipcMain } = require('electron');
const Store = require('electron-store');

/** One file of settings, used by main and by a window; and by messages, as many applications do. */
module.exports = async ({ log, attempt, open, ended, seen }) => {
  const schema = { zoom: { type: 'number', minimum: 0.5, maximum: 4 }, recent: { type: 'array' } };
  const store = new Store({ schema, defaults: { zoom: 1, recent: [] }, watch: true });
  Store.initRenderer();
  ipcMain.handle('settings:get', (_event, key) => store.get(key));
  ipcMain.handle('settings:set', (_event, key, value) => store.set(key, value));
  ipcMain.on('settings:all', (event) => {
    event.returnValue = store.store;
  });
  store.onDidChange('recent', (value, old) => log('recent', value, old));

  store.set('window.bounds', { width: 800, height: 600 });
  const webPreferences = { nodeIntegration: true, contextIsolation: false };
  await open({ preload: 'page.cjs', webPreferences });
  await ended('page');
  await attempt('theme', () => store.get('theme'));
  await attempt('all', () => store.store);
  await seen('main', 'recent');
};
