/** The main process in which the pieces of a message are measured, each alone. */
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';
import { measureCodec } from '../parts/codec.ts';
import { measureCrossing } from '../parts/crossing.ts';
import { measureDispatch } from '../parts/dispatch.ts';
import type { Parts } from '../parts/parts.ts';

process.on('disconnect', () => app.exit(1)); // the runner is gone

app
  .whenReady()
  .then(measure)
  .then(
    (parts) => process.send?.(parts),
    (error: unknown) => {
      console.error(error);
      app.exit(1);
    },
  );

async function measure(): Promise<Parts> {
  const window = new BrowserWindow({
    width: 320,
    height: 200,
    webPreferences: { nodeIntegration: true, contextIsolation: false },
  });
  await window.loadFile(join(__dirname, 'page.html'));
  return {
    codec: await measureCodec(),
    crossing: await measureCrossing(),
    dispatch: await measureDispatch(window.webContents),
  };
}
