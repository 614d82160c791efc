const { legacy_createStore: createStore } = require('redux');
const { stateSyncEnhancer } = require('electron-redux/main');
const { reducer } = require('./counter.cjs');

/** One state in main and two windows, changed by all three. */
module.exports = async ({ log, open, ended, go, seen }) => {
  const store = createStore(reducer, { count: 1, log: [] }, stateSyncEnhancer());
  store.subscribe(() => log('state', store.getState()));
  const windows = [];
  for (const name of ['first', 'lazy']) {
    const additionalArguments = [`--actor=${name}`];
    const webPreferences = { nodeIntegration: true, contextIsolation: false, additionalArguments };
    windows.push(await open({ preload: 'page.cjs', webPreferences, go: false }));
  }
  const [first, lazy] = windows;
  await Promise.all([seen('first', 'begins'), seen('lazy', 'state {"count":1')]);
  await go(first);
  await Promise.all([ended('first'), seen('lazy', 'state {"count":31,"log":["hello"]')]);
  await go(lazy);
  await Promise.all([ended('lazy'), seen('first', 'state {"count":30')]);
  store.dispatch({ type: 'add', payload: 70 });
  store.dispatch({ type: 'add', payload: 1000, meta: { scope: 'local' } });
  store.dispatch({ type: 'note', payload: 'bye' });
  const last = 'state {"count":100,"log":["hello","failed: no route","bye"]';
  await Promise.all([seen('first', last), seen('lazy', last)]);
};
