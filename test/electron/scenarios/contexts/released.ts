import type { Scenario } from '../../harness/scenario.ts';

const scenarios: readonly Scenario[] = [
  {
    name: 'the ipcRenderer of a frame that was removed refuses every call',
    rows: ['errors/released'],
    contexts: ['bare', 'node'],
    async main(t) {
      t.ipcMain.on('value', (event, value: unknown) => {
        t.log('got', value);
        event.returnValue = value;
      });
      const page = await t.open({
        webPreferences: { nodeIntegrationInSubFrames: true },
        url: t.site.url(`<iframe name="child" src="${t.site.url('child')}"></iframe>`),
      });
      await page.run(async (r) => {
        const frame = document.querySelector('iframe') as HTMLIFrameElement;
        const { ipcRenderer } = (
          frame.contentWindow as unknown as { parityKit: { ipcRenderer: typeof r.ipcRenderer } }
        ).parityKit;
        r.log('before', ipcRenderer.sendSync('value', 'before'));
        frame.remove();
        const brief = (error: unknown): string => String(error);
        for (const [name, call] of Object.entries({
          send: () => ipcRenderer.send('value', 'after'),
          sendSync: () => ipcRenderer.sendSync('value', 'after'),
          postMessage: () => ipcRenderer.postMessage('value', 'after'),
          sendToHost: () => ipcRenderer.sendToHost('value', 'after'),
        })) {
          try {
            r.log(name, call());
          } catch (error) {
            r.log(name, brief(error));
          }
        }
        await ipcRenderer.invoke('value', 'after').catch((error) => r.log('invoke', brief(error)));
        r.log('other', r.ipcRenderer.sendSync('value', 'other'));
      });
    },
    expected: {
      main: ['got "before"', 'got "other"'],
      page: [
        'before "before"',
        ...['send', 'sendSync', 'postMessage', 'sendToHost', 'invoke'].map(
          (name) => `${name} "Error: IPC method called after context was released"`,
        ),
        'other "other"',
      ],
    },
  },
];

export default scenarios;
