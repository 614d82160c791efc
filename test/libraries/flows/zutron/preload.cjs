const { contextBridge, ipcRenderer } = require('electron');
const { preloadZustandBridge } = require('zutron/preload');

const { handlers } = preloadZustandBridge(ipcRenderer);
contextBridge.exposeInMainWorld('zutron', handlers);
contextBridge.exposeInMainWorld(
  'actor',
  process.argv.find((arg) => /^(first|second)$/.test(arg)),
);
