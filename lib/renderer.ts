/** ringwire in an Electron renderer or preload, by name. */
export { ipcRenderer } from 'electron';
export type { SharedBuffer } from './core/shared-buffer.ts';
export { path, type RendererPath } from './electron/renderer/path.ts';
export { createSharedBuffer } from './electron/renderer/shared-buffer.ts';
