/** ringwire in an Electron renderer or preload, by name. */
export { ipcRenderer } from 'electron';
export { path, type RendererPath } from './electron/renderer-path.ts';
