import type { IpcMain } from 'electron';

interface WithHandlers {
  readonly _invokeHandlers?: ReadonlyMap<string, unknown>;
}

/** Remembers what is registered on ipcMain; the result takes away what came since. */
export function snapshotIpcMain(ipcMain: IpcMain): () => void {
  const listeners = new Map(
    ipcMain.eventNames().map((name) => [name, new Set(ipcMain.rawListeners(name))]),
  );
  const handlers = new Set(handlersOf(ipcMain));
  return () => {
    for (const name of ipcMain.eventNames()) {
      for (const listener of ipcMain.rawListeners(name)) {
        if (listeners.get(name)?.has(listener)) continue;
        ipcMain.removeListener(name as string, listener as () => void);
      }
    }
    for (const name of handlersOf(ipcMain)) if (!handlers.has(name)) ipcMain.removeHandler(name);
    // A scenario may have taken away what was there, such as the guard of channel "error".
    for (const [name, known] of listeners) {
      for (const listener of known) {
        if (ipcMain.rawListeners(name).includes(listener)) continue;
        ipcMain.on(name as string, listener as () => void);
      }
    }
  };
}

function handlersOf(ipcMain: IpcMain): string[] {
  return [...((ipcMain as WithHandlers)._invokeHandlers?.keys() ?? [])];
}
