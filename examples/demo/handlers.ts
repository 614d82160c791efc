/** What the application does for its windows: ordinary Electron, the same on either path. */
import { app, ipcMain } from 'electron';
import { carrierOf } from './carrier.ts';
import type { About } from './protocol.ts';

export function registerHandlers(): void {
  ipcMain.on('next', (event, number: number) => {
    event.returnValue = number + 1;
  });
  ipcMain.handle('next', (_event, number: number) => number + 1);

  ipcMain.on('echo', (event, bytes: Uint8Array) => {
    event.returnValue = bytes;
  });

  let notes = { received: 0, inOrder: true };
  ipcMain.on('note', (_event, number: number) => {
    notes = { received: notes.received + 1, inOrder: notes.inOrder && number === notes.received };
  });
  ipcMain.on('take-notes', (event) => {
    event.returnValue = notes;
    notes = { received: 0, inOrder: true };
  });

  ipcMain.handle('about', (event): About => {
    const { electron, chrome, node } = process.versions;
    return {
      carrier: carrierOf(event),
      electron: electron ?? app.getVersion(),
      chromium: chrome?.split('.')[0] ?? 'unknown',
      node,
    };
  });
}
