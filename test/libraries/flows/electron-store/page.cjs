const { ipcRenderer } = require('electron');
const Store = require('electron-store');
const { onGo } = require('#journal');

onGo('page', async ({ log, attempt }) => {
  // Asks main where the file is, and checks what it reads by itself.
  const store = new Store({ defaults: { zoom: 1, recent: [] } });
  log('path', store.path.split(/[/\\]/).slice(-2));
  log('from main', store.get('window.bounds.width'), store.size);
  store.set('theme', { name: 'dark', accent: '#222' });
  store.set({ 'window.maximized': true, language: 'en' });
  log('has', store.has('theme.accent'), store.has('theme.none'), store.get('none', 'default'));
  store.delete('language');
  await attempt('function', () => store.set('function', () => 1));

  await attempt('get', () => ipcRenderer.invoke('settings:get', 'theme.name'));
  await attempt('set', () => ipcRenderer.invoke('settings:set', 'zoom', 2));
  await attempt('set too much', () => ipcRenderer.invoke('settings:set', 'zoom', 9));
  await attempt('set recent', () => ipcRenderer.invoke('settings:set', 'recent', ['a', 'b']));
  await attempt('all', () => ipcRenderer.sendSync('settings:all'));
  log('zoom', store.get('zoom'));
  store.reset('zoom');
  log('zoom', store.get('zoom'));
});
