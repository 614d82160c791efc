/** Ways to carry the messages of an Electron application; the first is what others are held to. */
import type { ElectronContender } from './contender.ts';
import { ringwire } from './electron/ringwire.ts';
import { stock } from './electron/stock.ts';

export const electronContenders: readonly ElectronContender[] = [stock, ringwire];
