import type { Scenario } from '../../harness/scenario.ts';

const withFrames = { nodeIntegrationInSubFrames: true };

const scenarios: readonly Scenario[] = [
  {
    name: 'child frames with nodeIntegrationInSubFrames talk for themselves',
    rows: ['context/sub-frames', 'event/reply'],
    contexts: ['isolated', 'bare', 'node', 'sandboxed'],
    async main(t) {
      const child = t.site.url('child');
      const far = t.site.url('far', { origin: 'elsewhere' });
      t.ipcMain.on('who', (event, name: string) => {
        const { mainFrame } = event.sender;
        const { senderFrame } = event;
        t.log(
          name,
          senderFrame === mainFrame,
          senderFrame?.name,
          event.frameId === senderFrame?.routingId,
        );
        event.reply('reply', name);
        event.returnValue = name;
      });
      t.ipcMain.handle('who', (event, name: string) => `${name} is ${event.senderFrame?.name}`);
      const page = await t.open({
        webPreferences: withFrames,
        url: t.site.url(
          `<iframe name="near" src="${child}"></iframe><iframe name="far" src="${far}"></iframe>`,
        ),
        preload: (r) => {
          r.ipcRenderer.on('reply', (_event, name) => r.lane('reply').log('reply', name));
          r.ipcRenderer.on('news', (_event, n) => r.log('news', n));
        },
      });
      for (const [name, runner] of [
        ['top', page],
        ['near', page.child('near')],
        ['far', page.child('far')],
      ] as const) {
        const sent = t.received('who');
        await runner.run(async (r, name) => {
          r.ipcRenderer.send('who', name);
        }, name);
        await sent;
        await runner.run(async (r, name) => {
          const replied = new Promise((done) => r.ipcRenderer.once('reply', done));
          r.log('sync', r.ipcRenderer.sendSync('who', `${name}, sync`));
          await replied;
          r.log('invoke', await r.ipcRenderer.invoke('who', name));
        }, name);
      }
      for (const name of ['page', 'page/near', 'page/far']) await t.seen(`${name}:reply`, 'reply');
      page.webContents.send('news', 'to the main frame');
      page.child('near').frame.send('news', 'to near');
      page.child('far').frame.send('news', 'to far');
      page.child('far').frame.postMessage('news', 'posted to far');
      await t.seen('page', 'news');
      await t.seen('page/near', 'news');
      await t.seen('page/far', 'news "posted');
    },
    expected: {
      main: [
        'top true "" true',
        'top, sync true "" true',
        'near false "near" true',
        'near, sync false "near" true',
        'far false "far" true',
        'far, sync false "far" true',
      ],
      'page:reply': ['reply "top"', 'reply "top, sync"'],
      page: ['sync "top, sync"', 'invoke "top is "', 'news "to the main frame"'],
      'page/near': ['sync "near, sync"', 'invoke "near is near"', 'news "to near"'],
      'page/near:reply': ['reply "near"', 'reply "near, sync"'],
      'page/far:reply': ['reply "far"', 'reply "far, sync"'],
      'page/far': [
        'sync "far, sync"',
        'invoke "far is far"',
        'news "to far"',
        'news "posted to far"',
      ],
    },
  },
  {
    name: 'frame.ipc hears its own frame only',
    rows: ['main/cascade-send', 'context/sub-frames'],
    contexts: ['isolated', 'sandboxed'],
    async main(t) {
      const page = await t.open({
        webPreferences: withFrames,
        url: t.site.url(`<iframe name="near" src="${t.site.url('child')}"></iframe>`),
      });
      const near = page.child('near');
      page.webContents.mainFrame.ipc.on('go', (_event, n) => t.log('main frame', n));
      near.frame.ipc.on('go', (_event, n) => t.log('child', n));
      near.frame.ipc.handle('ask', () => 'the child');
      page.webContents.ipc.on('go', (_event, n) => t.log('window', n));
      for (const [n, runner] of [page, near].entries()) {
        const sent = t.received('go');
        await runner.run((r, n) => r.ipcRenderer.send('go', n), n);
        await sent;
      }
      await near.run((r) => r.attempt('ask', () => r.ipcRenderer.invoke('ask')));
      await page.run((r) => r.attempt('ask', () => r.ipcRenderer.invoke('ask')));
    },
    expected: {
      main: ['main frame 0', 'window 0', 'child 1', 'window 1'],
      'page/near': ['ask resolved "the child"'],
      console: [
        `error: Error occurred in handler for 'ask': Error("Error: No handler registered for 'ask'")`,
      ],
      page: [
        `ask rejected Error("Error: Error invoking remote method 'ask': Error: No handler registered for 'ask'")`,
      ],
    },
  },
  {
    name: 'without nodeIntegrationInSubFrames a child frame has no way to main',
    rows: ['renderer/sub-frames'],
    contexts: ['isolated', 'bare'],
    async main(t) {
      const page = await t.open({
        url: t.site.url(`<iframe name="near" src="${t.site.url('child')}"></iframe>`),
      });
      t.log('frames', page.webContents.mainFrame.frames.length);
      const [frame] = page.webContents.mainFrame.frames;
      t.log('kit', await frame?.executeJavaScript('typeof parityCall + typeof parityRun'));
      t.log('send', frame?.send('news', 1));
      await page.run((r) => r.attempt('invoke', () => r.ipcRenderer.invoke('nobody')));
    },
    expected: {
      main: ['frames 1', 'kit "undefinedundefined"', 'send undefined'],
      console: [
        `error: Error occurred in handler for 'nobody': Error("Error: No handler registered for 'nobody'")`,
      ],
      page: [
        `invoke rejected Error("Error: Error invoking remote method 'nobody': Error: No handler registered for 'nobody'")`,
      ],
    },
  },
  {
    name: 'a frame that is added later, and taken away while it waits for an answer',
    rows: ['context/sub-frames', 'lifetime/frame-removed'],
    contexts: ['isolated', 'node'],
    async main(t) {
      const answer = t.hold('wait', () => t.log('asked'));
      const page = await t.open({ webPreferences: withFrames });
      const added = page.runInPage(
        (url) =>
          new Promise<void>((done) => {
            const frame = Object.assign(document.createElement('iframe'), { name: 'added' });
            frame.src = url;
            frame.onload = () => done();
            document.body.append(frame);
          }),
        t.site.url('child'),
      );
      await added;
      const child = page.child('added');
      child.start((r) => r.attempt('wait', () => r.ipcRenderer.invoke('wait')));
      await t.seen('main', 'asked');
      await page.runInPage(() => document.querySelector('iframe')?.remove());
      answer('too late');
      const pong = t.received('pong');
      await page.run((r) => r.ipcRenderer.send('pong'));
      await pong;
      t.log('frames', page.webContents.mainFrame.frames.length);
    },
    expected: { main: ['asked', 'frames 0'], 'page/added': [] },
  },
];
export default scenarios;
