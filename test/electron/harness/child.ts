import type { BrowserWindow } from 'electron';
import { contexts } from './contexts.ts';
import type { MainKit } from './main-kit.ts';
import { loadingEnds, type Page } from './page.ts';

interface ChildOptions {
  /** The name that the page gives the window. */
  readonly name?: string;
  readonly outlivesOpener?: true;
}

/** Lets a page open a window with its own preload, and returns it once it has loaded. */
export async function openChild(
  t: MainKit,
  page: Page,
  url: string,
  { name = '_blank', ...more }: ChildOptions = {},
): Promise<BrowserWindow> {
  page.webContents.setWindowOpenHandler(() => ({
    action: 'allow',
    ...more,
    overrideBrowserWindowOptions: {
      show: false,
      // Of the opener's preferences a child inherits only what restricts it.
      webPreferences: { ...contexts[t.context], preload: page.preload },
    },
  }));
  const created = t.event(page.webContents, 'did-create-window');
  await page.runInPage(
    (url, name) => {
      (globalThis as { child?: unknown }).child = window.open(url, name);
    },
    url,
    name,
  );
  const [child] = (await created) as [BrowserWindow];
  await loadingEnds(child.webContents);
  return child;
}
