const { contextBridge, ipcRenderer } = require('electron');
const { path } = require('ringwire/renderer');

contextBridge.exposeInMainWorld('api', {
  add: (a, b) => ipcRenderer.invoke('add', a, b),
  path: () => path().path,
});
