require('electron-redux/preload');
const { legacy_createStore: createStore } = require('redux');
const { stateSyncEnhancer } = require('electron-redux/renderer');
const { onGo, pageJournal } = require('#journal');
const { reducer } = require('./counter.cjs');

const actor = /--actor=(\w+)/.exec(process.argv.join(' '))[1];
const { log } = pageJournal(actor);
const lazyInit = actor === 'lazy';

const store = createStore(reducer, stateSyncEnhancer({ lazyInit }));
const show = (label) => log(`${label} ${JSON.stringify(store.getState())}`);
store.subscribe(() => show('state'));
show('begins');

onGo(actor, () => {
  if (lazyInit) {
    store.dispatch({ type: 'note', payload: new Error('no route'), error: true });
    store.dispatch({ type: 'add', payload: -1 });
    return;
  }
  for (let n = 0; n < 3; n++) store.dispatch({ type: 'add', payload: 10 });
  store.dispatch({ type: 'note', payload: 'hello' });
  store.dispatch({ type: 'local', payload: 'first', meta: { scope: 'local' } });
  store.dispatch({ type: '@@denied', payload: 1 });
  store.dispatch({ type: 'add', payload: 0, extra: 'no standard action' });
});
