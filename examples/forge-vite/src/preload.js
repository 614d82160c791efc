import { contextBridge, ipcRenderer } from 'electron';
import { path } from 'ringwire/renderer';

contextBridge.exposeInMainWorld('api', {
  add: (a, b) => ipcRenderer.invoke('add', a, b),
  path: () => path().path,
});
