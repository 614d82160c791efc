/**
 * What code in a renderer is given. This file is built into one script that stands in front of
 * every preload, so it also works in sandboxed renderers; it imports nothing from Node.
 */
import type { ContextBridge, IpcRenderer, WebFrame } from 'electron';
import { build, type Graph } from './values/graph.ts';
import { createJournal, type Journal } from './values/journal.ts';
import { unclonable, type Values, values } from './values/values.ts';

/** Electron's renderer modules; `sendTo` went away in version 28. */
export interface RendererElectron {
  readonly ipcRenderer: IpcRenderer & {
    sendTo?: (webContentsId: number, channel: string, ...args: unknown[]) => void;
  };
  readonly contextBridge: ContextBridge;
  readonly webFrame: WebFrame;
}

export interface RendererKit extends Journal {
  readonly electron: RendererElectron;
  readonly ipcRenderer: RendererElectron['ipcRenderer'];
  /** The values of values.ts by name, made afresh by each call. */
  readonly values: Values;
  /** The values that no way of sending takes. */
  readonly unclonable: Values;
  /** The values that a graph describes, made afresh. */
  readonly build: (graph: Graph) => unknown[];
  /** Things to be kept from one `run` to the next, as long as the document lives. */
  readonly state: Record<string, unknown>;
}

/** Code for a renderer, given as a function; its text is what travels. */
export type RendererCode<Arguments extends unknown[] = [], Result = unknown> = (
  kit: RendererKit,
  ...args: Arguments
) => Result | Promise<Result>;

/** Marks console lines that are observations; main takes them off the console again. */
export const observationMark = '\u2063observation ';

/** A function that was given to `page.run`, back from its text, and the JSON of its arguments. */
type Call = (source: string, args: string) => Promise<string>;

export function createKit(electron: RendererElectron, page: string): RendererKit {
  const journal = createJournal(`${page}${place()}`, (actor, line) =>
    console.debug(observationMark + JSON.stringify([actor, line])),
  );
  const { ipcRenderer } = electron;
  return { ...journal, electron, ipcRenderer, values, unclonable, build, state: {} };
}

/** Tells child frames (`page/name`) and windows that a page opened (`page>name`) from the page. */
function place(): string {
  if (window !== window.top) return `/${window.name || 'frame'}`;
  return window.opener === null ? '' : `>${window.name || 'window'}`;
}

/** Lets main run functions in this world, and uncaught errors be seen. */
export function offerKit(kit: RendererKit): void {
  window.addEventListener('error', ({ error, message }) =>
    kit.log(brief('uncaught', error ?? message)),
  );
  window.addEventListener('unhandledrejection', ({ reason }) =>
    kit.log(brief('unhandled', reason)),
  );
  const call: Call = async (source, args) => {
    // biome-ignore lint/security/noGlobalEval: the text is a function of a scenario
    const run = globalThis.eval(`(${source})`) as Parameters<typeof runCall>[1];
    return runCall(kit, run, args);
  };
  if (process.contextIsolated) {
    kit.electron.contextBridge.exposeInMainWorld('parityCall', call);
    return;
  }
  const world = globalThis as unknown as Record<string, unknown>;
  world.parityCall = call;
  world.parityKit = kit;
  world.parityRun = runCall;
}

function brief(what: string, error: unknown): string {
  // Electron's own scripts are minified: the names of their variables say nothing.
  const text = String(error).replace(/\w+ (?=is not iterable)/, '');
  return `${what} ${text.split('\n', 1)[0]}`;
}

async function runCall(
  kit: RendererKit,
  run: (kit: RendererKit, ...args: unknown[]) => unknown,
  args: string,
): Promise<string> {
  try {
    const value = await run(kit, ...(JSON.parse(args) as unknown[]));
    return JSON.stringify({ value });
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.stack : kit.describe(error) });
  }
}
