import { join } from 'node:path';
import { app, BrowserWindow, type WebContents, type WebPreferences } from 'electron';
import { pauseProcess } from './pause.ts';

const kinds: readonly WebPreferences[] = [
  { contextIsolation: true, sandbox: false },
  { contextIsolation: true, sandbox: true },
  { contextIsolation: false, nodeIntegration: true, sandbox: false },
  { contextIsolation: true, sandbox: false },
];

/** What happens to windows; a new one takes the place of one that is gone. */
export const disturbances = ['reload', 'close', 'destroy', 'kill', 'pause'] as const;

type Disturbance = (typeof disturbances)[number];

/** A fixed number of windows, which come and go. */
export class Windows {
  readonly #page: string;
  readonly #conversations = new Map<WebContents, number>();
  #closing = false;

  constructor(page: string) {
    this.#page = page;
  }

  /** Where pushes can go: each window and the conversation that its document began. */
  get talking(): IterableIterator<[WebContents, number]> {
    return this.#conversations.entries();
  }

  open(index: number): void {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { preload: join(__dirname, 'preload.cjs'), ...kinds[index % kinds.length] },
    });
    const contents = window.webContents;
    window.once('closed', () => {
      this.#conversations.delete(contents);
      if (!this.#closing) this.open(index);
    });
    contents.once('render-process-gone', () => window.destroy());
    void window.loadURL(this.#page).catch(() => {}); // it may be disturbed while it loads
  }

  began(contents: WebContents, conversation: number): void {
    this.#conversations.set(contents, conversation);
  }

  ended(contents: WebContents): void {
    this.#conversations.delete(contents);
  }

  /** Disturbs one of those that talk, if there is one. */
  disturb(disturbance: Disturbance, random: () => number): boolean {
    const all = [...this.#conversations.keys()];
    const contents = all[Math.floor(random() * all.length)];
    const window = contents && BrowserWindow.fromWebContents(contents);
    if (!window) return false;
    const pid = contents.getOSProcessId();
    if (disturbance === 'pause') {
      pauseProcess(pid, random);
      return true;
    }
    this.#conversations.delete(contents);
    if (disturbance === 'reload') contents.reload();
    else if (disturbance === 'kill') process.kill(pid, 'SIGKILL');
    else window[disturbance]();
    return true;
  }

  /** From now on windows that go are not replaced. */
  stopReplacing(): void {
    this.#closing = true;
    app.on('window-all-closed', () => {}); // the report comes after them
  }
}
