import { contextBridge, ipcRenderer } from 'electron';
import { measure } from './measure.ts';
import type { DemoBridge, Figures, Turn } from './protocol.ts';

const bridge: DemoBridge = {
  about: () => ipcRenderer.invoke('about'),
  measure,
  report: (report) => ipcRenderer.send('report', report),
  onTurn: (listener) => void ipcRenderer.on('turn', (_event, turn: Turn) => listener(turn)),
  onRival: (listener) => void ipcRenderer.on('rival', (_event, it: Figures) => listener(it)),
  picture: () => ipcRenderer.invoke('picture'),
  pictureShown: () => ipcRenderer.send('picture-shown'),
};

contextBridge.exposeInMainWorld('demo', bridge);
