/**
 * The session preload: runs in every frame before the application's own preload. It must load in
 * a sandboxed renderer too, whose `require` knows only a few names, so it is built into one file
 * of its own and reaches everything else through `require` at run time.
 */
import { ipcRenderer } from 'electron';
import { PRIVATE_CHANNEL, type StayNotice } from './electron/pairing.ts';

if (process.sandboxed) {
  ipcRenderer.send(PRIVATE_CHANNEL, ...(['stay', 'sandboxed', undefined] satisfies StayNotice));
} else {
  require('./join.cjs');
}
