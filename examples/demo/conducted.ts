/** The main process as the conductor's hand: it measures when told to, and never by itself. */
import { app, type BrowserWindow, ipcMain } from 'electron';
import type { Answer, Order, Report } from './protocol.ts';
import { openWindow } from './windows.ts';

export async function followConductor(window: BrowserWindow): Promise<void> {
  if (process.send === undefined) return measureForever(window);

  const answer = (message: Answer): void => void process.send?.(message);
  ipcMain.on('report', (_event, report: Report) => answer({ type: 'report', report }));
  process.on('disconnect', () => app.quit());
  process.on('message', (order: Order) => {
    obey(order, window, answer).catch((error: unknown) =>
      answer({ type: 'failed', reason: String(error) }),
    );
  });
  answer({ type: 'ready' });
}

async function obey(
  order: Order,
  window: BrowserWindow,
  answer: (message: Answer) => void,
): Promise<void> {
  switch (order.type) {
    case 'place':
      return window.setPosition(order.x, order.y);
    case 'turn':
      return window.webContents.send('turn', order.turn);
    case 'rival':
      return window.webContents.send('rival', order.figures);
    case 'photograph':
      return answer({ type: 'photo', png: await photograph(window) });
    case 'compose': {
      const shown = new Promise<void>((resolve) => ipcMain.once('picture-shown', () => resolve()));
      ipcMain.handleOnce('picture', () => order.picture);
      const easel = await openWindow('picture.html');
      await shown;
      answer({ type: 'photo', png: await photograph(easel) });
      return easel.close();
    }
    case 'quit':
      return app.quit();
  }
}

async function photograph(window: BrowserWindow): Promise<Uint8Array> {
  return (await window.webContents.capturePage()).toPNG();
}

/** Started by hand instead of by `npm run demo`: one window that goes on measuring. */
function measureForever(window: BrowserWindow): void {
  let number = 0;
  const next = (): void => {
    window.webContents.send('turn', { number, of: undefined, warmUp: number === 0 });
    number++;
  };
  ipcMain.on('report', () => setTimeout(() => window.isDestroyed() || next(), 1000));
  next();
}
