/**
 * What the entries take for `electron` in a process that is not Electron's: what a test has put in its
 * place. Built into dist/outside.cjs; needs nothing of Node, as `ringwire/renderer` loads it.
 */
import type * as Electron from 'electron';

type Names = 'ipcMain' | 'ipcRenderer';

// Looked up at each access: a test may replace `electron` after this was loaded.
Object.defineProperties(exports, {
  ipcMain: { get: () => substitute('ipcMain') },
  ipcRenderer: { get: () => substitute('ipcRenderer') },
});

function substitute(name: Names): unknown {
  try {
    // The npm package itself is a path.
    const found = requireElectron() as Pick<typeof Electron, Names> | string;
    return typeof found === 'string' ? undefined : found[name];
  } catch {
    return undefined; // there is no such package
  }
}

/** The npm package downloads a binary when it is required without one, unless it is told of another. */
function requireElectron(): unknown {
  const { env } = process;
  const told = env.ELECTRON_OVERRIDE_DIST_PATH;
  env.ELECTRON_OVERRIDE_DIST_PATH = told ?? 'none';
  try {
    const found: unknown = require('electron');
    // It is not where it was told: who asks for it later is to get its real path.
    if (typeof found === 'string') delete require.cache[require.resolve('electron')];
    return found;
  } finally {
    if (told === undefined) delete env.ELECTRON_OVERRIDE_DIST_PATH;
  }
}
