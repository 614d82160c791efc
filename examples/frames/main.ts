/**
 * Main paints frames of 4K, 60 a second where it can, into memory that a window shows. Two buffers
 * take turns: main paints one while the window shows the other.
 *
 * `FRAMES_BY=copies` sends the bytes instead, to compare.
 */
import 'ringwire/register';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { app, BrowserWindow, ipcMain } from 'electron';
import { createSharedBuffer } from 'ringwire/main';
import { frameBytes, paint } from './frame.ts';

const interval = 1000 / 60;
const { FRAMES_BY: by = 'sharing', FRAMES_PICTURE: picture, FRAMES_SECONDS = '10' } = process.env;
const seconds = Number(FRAMES_SECONDS);

/** What became of the frames since the measurement began. */
const figures = { painted: 0, skipped: 0, shown: 0, torn: 0, paintMs: 0, sendMs: 0, latencyMs: 0 };

app.on('window-all-closed', () => app.quit());
void app.whenReady().then(async () => {
  const window = await openWindow();
  const free = [createSharedBuffer(frameBytes), createSharedBuffer(frameBytes)];
  const busy = new Map<number, { buffer: (typeof free)[number]; sentAt: number }>();
  let number = 0;
  let due = performance.now();

  ipcMain.on('shown', (_event, shown: number, whole: boolean) => {
    const entry = busy.get(shown);
    busy.delete(shown);
    if (!entry) return;
    free.push(entry.buffer);
    figures.shown += 1;
    figures.torn += whole ? 0 : 1;
    figures.latencyMs += performance.now() - entry.sentAt;
  });

  const next = (): void => {
    if (window.isDestroyed()) return;
    const buffer = free.shift();
    if (buffer) {
      number += 1;
      const start = performance.now();
      paint(new Uint32Array(buffer.buffer, 0, frameBytes / 4), number);
      const painted = performance.now();
      window.webContents.send('frame', by === 'copies' ? buffer.bytes.slice() : buffer, number);
      const sent = performance.now();
      busy.set(number, { buffer, sentAt: painted });
      figures.painted += 1;
      figures.paintMs += painted - start;
      figures.sendMs += sent - painted;
    } else {
      figures.skipped += 1;
    }
    const now = performance.now();
    due = Math.max(due + interval, now);
    setTimeout(next, due - now);
  };
  next();

  setTimeout(() => reset(), 2000); // the first frames warm up
  setTimeout(() => void finish(window), 2000 + seconds * 1000);
});

function reset(): void {
  for (const name of Object.keys(figures)) figures[name as keyof typeof figures] = 0;
}

async function finish(window: BrowserWindow): Promise<void> {
  const { painted, skipped, shown, torn, paintMs, sendMs, latencyMs } = figures;
  const each = (sum: number, count: number) => Number((sum / count).toFixed(3));
  const report = {
    by,
    'frames painted per second': each(painted, seconds),
    'frames shown per second': each(shown, seconds),
    'turns without a free buffer': skipped,
    torn,
    'ms to paint a frame': each(paintMs, painted),
    'ms in webContents.send': each(sendMs, painted),
    'ms from send until shown': each(latencyMs, shown),
  };
  console.log(JSON.stringify(report));
  if (picture) {
    mkdirSync(dirname(picture), { recursive: true });
    writeFileSync(picture, (await window.webContents.capturePage()).toPNG());
  }
  app.quit();
}

async function openWindow(): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 960,
    height: 600,
    useContentSize: true,
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(__dirname, 'preload.cjs'),
      // Native code does not load in a sandboxed preload. This page is the application's own.
      sandbox: false,
      backgroundThrottling: false,
    },
  });
  await window.loadFile(join(__dirname, 'index.html'));
  return window;
}
