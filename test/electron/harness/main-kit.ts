import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type * as ElectronMain from 'electron';
import type { ContextName } from './contexts.ts';
import { checkFrame, type OpenOptions, type Page } from './page.ts';
import type { Site } from './site.ts';
import { createJournal, type Journal } from './values/journal.ts';
import { unclonable, type Values, values } from './values/values.ts';

/** What a scenario is given in Electron's main process. */
export interface MainKit extends Journal {
  readonly electron: typeof import('electron');
  readonly ipcMain: ElectronMain.IpcMain;
  readonly context: ContextName;
  readonly site: Site;
  readonly values: Values;
  readonly unclonable: Values;
  open(options?: OpenOptions): Promise<Page>;
  /** Writes a file of this run, and returns its path. */
  file(name: string, content: string): string;
  /** Resolves when `actor` has written a line that starts with `start`, now or before. */
  seen(actor: string, start: string): Promise<void>;
  /** The arguments of the next message on an ipcMain channel. */
  received(channel: string): Promise<unknown[]>;
  /**
   * Handles a channel by a promise that the result settles: the one of the last invoke. `asked`
   * hears of each.
   */
  hold(channel: string, asked?: () => void): (value: unknown) => void;
  /** The arguments of the next event of any emitter. */
  event(emitter: NodeJS.EventEmitter, name: string): Promise<unknown[]>;
  /** Collects garbage until `done` says that it had the effect that was waited for. */
  collectUntil(done: () => boolean): Promise<void>;
  /**
   * In the ringwire run, throws unless a frame that `open` did not make (a guest, a window that a
   * page opened) is on the path it has to be on.
   */
  onPath(frame: ElectronMain.WebFrameMain, path: 'ring' | 'stock'): Promise<void>;
  /** Whether this is the run with ringwire; only for what is not compared. */
  readonly ringwire: boolean;
}

export interface KitEnvironment {
  readonly electron: typeof import('electron');
  readonly context: ContextName;
  readonly site: Site;
  readonly ringwire: boolean;
  /** For files; removed after the run. */
  readonly folder: string;
  open(options: OpenOptions): Promise<Page>;
  /** Writes a line of an actor. */
  write(actor: string, line: string): void;
}

/** The lines of one scenario, and who waits for them. */
export class Lines {
  readonly #lines = new Map<string, string[]>();
  readonly #waiting = new Set<() => void>();

  add(actor: string, line: string): void {
    const known = this.#lines.get(actor);
    if (known === undefined) this.#lines.set(actor, [line]);
    else known.push(line);
    for (const look of this.#waiting) look();
  }

  seen(actor: string, start: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.#lines.get(actor)?.some((line) => line.startsWith(start))) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
}

/** Unlike `once` of node:events it adds no listener for "error", which is a channel here. */
function next(emitter: NodeJS.EventEmitter, name: string): Promise<unknown[]> {
  return new Promise((resolve) => emitter.once(name, (...args: unknown[]) => resolve(args)));
}

export function createMainKit(env: KitEnvironment, lines: Lines): MainKit {
  const { electron } = env;
  return {
    ...createJournal('main', env.write),
    electron,
    ipcMain: electron.ipcMain,
    context: env.context,
    site: env.site,
    ringwire: env.ringwire,
    values,
    unclonable,
    open: (options = {}) => env.open(options),
    file: (name, content) => {
      const path = join(env.folder, name);
      writeFileSync(path, content);
      return path;
    },
    seen: (actor, start) => lines.seen(actor, start),
    received: (channel) => next(electron.ipcMain, channel).then((args) => args.slice(1)),
    hold: (channel, asked) => {
      let answer = (_value: unknown): void => {};
      electron.ipcMain.handle(channel, () => {
        asked?.();
        return new Promise((resolve) => {
          answer = resolve;
        });
      });
      return (value) => answer(value);
    },
    event: next,
    collectUntil: async (done) => {
      const { gc } = globalThis as { gc?: () => void };
      // What a WeakRef has shown stays until the end of the task, so the look at it comes last.
      for (gc?.(); !done(); gc?.()) await setImmediate();
    },
    onPath: async (frame, path) => {
      if (env.ringwire) await checkFrame(frame, frame.url, path === 'ring');
    },
  };
}
