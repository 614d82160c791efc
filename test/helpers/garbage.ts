import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Runs the garbage collector of this thread. Finalizers run in later turns of the event loop. */
export const collectGarbage: () => void = runInNewContext('gc');
