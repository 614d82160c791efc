/** Ways to carry the messages of an Electron application. The first is the baseline. */
import type { ElectronContender } from './contender.ts';
import { ringwire } from './electron/ringwire.ts';
import { stock } from './electron/stock.ts';

export const electronContenders: readonly ElectronContender[] = [stock, ringwire];
