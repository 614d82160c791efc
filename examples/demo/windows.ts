import { join } from 'node:path';
import { BrowserWindow } from 'electron';

/** Both pages are laid out for these sizes; `scripts/demo.ts` puts two windows side by side. */
const sizes = { 'index.html': [664, 716], 'picture.html': [1400, 900] } as const;

export async function openWindow(page: keyof typeof sizes): Promise<BrowserWindow> {
  const [width, height] = sizes[page];
  const window = new BrowserWindow({
    width,
    height,
    useContentSize: true,
    backgroundColor: '#0b0e14',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(__dirname, 'preload.cjs'),
      contextIsolation: true,
      // Native code does not load in a sandboxed preload. This page is the application's own and
      // loads nothing from anywhere else; with content one does not trust, leave the sandbox on.
      sandbox: false,
      backgroundThrottling: false,
    },
  });
  await window.loadFile(join(__dirname, page));
  return window;
}
