import type { ElectronContender } from '../contender.ts';

/** The same application, on the rings. */
export const ringwire: ElectronContender = {
  id: 'ringwire',
  title: 'ringwire',
  env: { RINGWIRE: undefined },
  path: 'ring',
};
