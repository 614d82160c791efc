import 'ringwire/register';
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain } from 'electron';
import { paths } from 'ringwire/main';

ipcMain.handle('add', (_event, a, b) => a + b);

app.whenReady().then(() => {
  const webPreferences = { preload: join(__dirname, 'preload.js'), sandbox: false };
  const window = new BrowserWindow({ width: 480, height: 240, webPreferences });
  window.webContents.once('did-finish-load', () => {
    for (const { path, url } of paths()) console.log(`${path}: ${url}`);
  });
  // Forge's plugin defines these.
  if (MAIN_WINDOW_VITE_DEV_SERVER_URL) window.loadURL(MAIN_WINDOW_VITE_DEV_SERVER_URL);
  else window.loadFile(join(__dirname, `../renderer/${MAIN_WINDOW_VITE_NAME}/index.html`));
});
app.on('window-all-closed', () => app.quit());
