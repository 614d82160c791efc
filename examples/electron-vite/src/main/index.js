import 'ringwire/register';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, ipcMain } from 'electron';

ipcMain.handle('add', (_event, a, b) => a + b);

const file = (path) => fileURLToPath(new URL(path, import.meta.url));

app.whenReady().then(() => {
  const webPreferences = { preload: file('../preload/index.cjs'), sandbox: false };
  const window = new BrowserWindow({ width: 480, height: 240, webPreferences });
  const { ELECTRON_RENDERER_URL: served } = process.env;
  if (served) window.loadURL(served);
  else window.loadFile(file('../renderer/index.html'));
});
app.on('window-all-closed', () => app.quit());
