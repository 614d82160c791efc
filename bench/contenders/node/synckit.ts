/** synckit: a function in a worker thread, called as if it were synchronous, and nothing else. */
import { createSyncFn, runAsWorker } from 'synckit';
import type { Value } from '../../scenarios/scenario.ts';
import type { NodeContender } from '../contender.ts';

export const synckit: NodeContender = {
  id: 'synckit',
  title: 'synckit (a worker)',
  can: ['callSync'],
  oneProcess: true,
  connect({ script }) {
    const callSync = createSyncFn<(value: Value) => Value>(script);
    return Promise.resolve({ callSync, close: () => {} }); // its worker does not keep a process
  },
  serve: (service) => runAsWorker((value: Value) => service.answer(value)),
};
