import { everywhere, scenario } from '../../harness/scenario.ts';

export default scenario({
  name: 'invoke resolves with what the handler returns',
  rows: ['invoke/returns'],
  contexts: everywhere,
  async main(t) {
    t.ipcMain.handle('double', (_event, n: number) => n * 2);
    const page = await t.open();
    await page.run((r) => r.attempt('invoke', () => r.ipcRenderer.invoke('double', 21)));
  },
  expected: { page: ['invoke resolved 42'] },
});
