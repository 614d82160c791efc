/** ringwire in Electron's main process, by name; importing it does not switch anything over. */
export { ipcMain } from 'electron';
export type { SharedBuffer } from './core/shared-buffer.ts';
export type { RegisterOptions } from './electron/main/options.ts';
export type { FramePath } from './electron/main/paths.ts';
export { paths, register } from './electron/main/register.ts';
export { createSharedBuffer } from './electron/main/shared-buffer.ts';
export type { PathKind, StockReason } from './electron/protocol.ts';
