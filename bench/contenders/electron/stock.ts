import type { ElectronContender } from '../contender.ts';

/** Electron's own IPC, in an application that has ringwire and switches it off. */
export const stock: ElectronContender = {
  id: 'stock',
  title: 'stock Electron',
  env: { RINGWIRE: 'off' },
  path: 'stock',
};
