require('ringwire/register');
const { join } = require('node:path');
const { app, BrowserWindow, ipcMain } = require('electron');

ipcMain.handle('add', (_event, a, b) => a + b);

app.whenReady().then(() => {
  const webPreferences = { preload: join(__dirname, 'preload.js'), sandbox: false };
  new BrowserWindow({ width: 480, height: 240, webPreferences }).loadFile('index.html');
});
app.on('window-all-closed', () => app.quit());
