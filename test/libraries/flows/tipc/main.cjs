const { getRendererHandlers, registerIpcMain, tipc } = require('@egoist/tipc/main');

/** Typed procedures called by the page, and handlers of the page called by main. */
module.exports = async ({ log, attempt, open, ended, seen }) => {
  const t = tipc.create();
  registerIpcMain({
    sum: t.procedure.input().action(async ({ input }) => input.a + input.b),
    title: t.procedure.action(async ({ context }) => context.sender.getTitle()),
    save: t.procedure.input().action(async ({ input }) => {
      log('save', input);
      return { saved: input.entries.size, bytes: input.bytes.subarray(1) };
    }),
    fail: t.procedure.action(async () => {
      throw new SyntaxError('unexpected end');
    }),
    unclonable: t.procedure.action(async () => () => 'a function'),
  });

  const webPreferences = { nodeIntegration: true, contextIsolation: false };
  const { webContents } = await open({ preload: 'page.cjs', webPreferences });
  await ended('page');
  const handlers = getRendererHandlers(webContents);
  handlers.progress.send(0.5, { step: 'half' });
  handlers.progress.send(1, { step: 'done' });
  handlers.progress.send(2, { step: 'not listened to' });
  await attempt('width', () => handlers.measure.invoke('width', 3));
  await attempt('fail', () => handlers.broken.invoke());
  await attempt('twenty', async () => {
    const calls = Array.from({ length: 20 }, (_, n) => handlers.measure.invoke('x', n));
    return (await Promise.all(calls)).every((answer, n) => answer === `x: ${n}`);
  });
  await seen('page', 'progress 1');
};
