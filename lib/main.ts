/** ringwire in Electron's main process, by name; importing it does not switch anything over. */
export { ipcMain } from 'electron';
export type { FramePath } from './electron/paths.ts';
export { paths, type RegisterOptions, register } from './electron/register.ts';
