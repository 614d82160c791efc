import { createUseStore, useDispatch } from 'zutron';
import { onGo, pageJournal } from '#journal';

const { actor, zutron } = window;
const { log } = pageJournal(actor);
const store = createUseStore(zutron);
// biome-ignore lint/correctness/useHookAtTopLevel: it is called a hook, and uses none
const dispatch = useDispatch(zutron);

let initial = true;
store.subscribe(({ count, items }) => {
  log(initial ? 'initial' : 'state', count, items);
  initial = false;
});

onGo(actor, async () => {
  const changed = (count) =>
    new Promise((resolve) => {
      const stop = store.subscribe((state) => {
        if (state.count !== count) return;
        stop();
        resolve();
      });
    });
  let wait = changed(5);
  dispatch('add', 5);
  await wait;
  wait = changed(6);
  dispatch({ type: 'put', payload: { key: 'date', value: new Date(0) } });
  dispatch((getState, send) => send({ type: 'add', payload: getState().count - 4 }));
  await wait;
});
