import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow, WebContents, WebFrameMain, WebPreferences } from 'electron';
import { type ContextName, contexts } from './contexts.ts';
import type { RendererCode } from './kit.ts';
import { pathOf } from './paths.ts';

export interface OpenOptions {
  /** The actor's name in the observations. @default 'page' */
  readonly name?: string;
  /** @default the context in which the scenario runs */
  readonly context?: ContextName;
  readonly webPreferences?: WebPreferences;
  /** Runs in the preload, before the document has a body. */
  readonly preload?: RendererCode;
  /** @default an empty page of the site */
  readonly url?: string;
  /** @default true: `open` resolves when the page has loaded */
  readonly load?: boolean;
  /** False where the frame is not to be on the ring even though its kind of window could be. */
  readonly ring?: boolean;
}

/** Where code can be run: the world that has the kit. */
export interface Runner {
  /** Runs a function in the renderer; its arguments and its result travel as JSON. */
  run<A extends unknown[], R>(code: RendererCode<A, R>, ...args: A): Promise<R>;
  /** The same without waiting, for code whose document may end before it does. */
  start<A extends unknown[]>(code: RendererCode<A>, ...args: A): void;
}

/** A window, as a scenario uses it. */
export interface Page extends Runner {
  readonly name: string;
  readonly window: BrowserWindow;
  readonly webContents: WebContents;
  /** The file of its preload, for windows that it opens. */
  readonly preload: string;
  /** Whether its frames are on the path they have to be on in a ringwire run; throws otherwise. */
  checkPath(): Promise<void>;
  /** Runs a function in the page's own world, without a kit (`contextBridge` puts things there). */
  runInPage<A extends unknown[], R>(code: (...args: A) => R | Promise<R>, ...args: A): Promise<R>;
  /** A child frame that has a kit (`nodeIntegrationInSubFrames`), by its `window.name`. */
  child(name: string): Runner & { readonly frame: WebFrameMain };
  /** Any other frame that has a kit, such as that of a window which a page opened. */
  in(frame: WebFrameMain): Runner;
  load(url: string): Promise<void>;
}

export interface PageEnvironment {
  readonly BrowserWindow: typeof BrowserWindow;
  readonly folder: string;
  readonly kitSource: string;
  readonly defaultUrl: string;
  readonly context: ContextName;
  /** In a ringwire run frames that can be on the ring are waited for and checked. */
  readonly ringwire: boolean;
  /** Told of every page before it loads. */
  onPage(page: Page): void;
}

let preloads = 0;

export async function openPage(options: OpenOptions, env: PageEnvironment): Promise<Page> {
  const name = options.name ?? 'page';
  const webPreferences = { ...contexts[options.context ?? env.context], ...options.webPreferences };
  const preload = join(env.folder, `preload-${++preloads}.js`);
  writeFileSync(preload, preloadSource(env.kitSource, name, options.preload));
  const window = new env.BrowserWindow({
    show: false,
    width: 320,
    height: 240,
    webPreferences: { preload, ...webPreferences },
  });
  const { webContents } = window;
  const ring = options.ring ?? webPreferences.sandbox === false;
  const subFrames = webPreferences.nodeIntegrationInSubFrames === true;
  const load = async (url: string): Promise<void> => {
    await webContents.loadURL(url);
    await loadingEnds(webContents);
    if (env.ringwire && ring) await waitForRing(webContents.mainFrame, name);
  };
  const page: Page = {
    name,
    window,
    webContents,
    preload,
    load,
    checkPath: () => checkPath(webContents, name, ring, subFrames),
    ...createRunner(() => webContents.mainFrame),
    in: (frame) => createRunner(() => frame),
    runInPage: (code, ...args) =>
      runInMainWorld(webContents.mainFrame, `(${code})(...${JSON.stringify(args)})`),
    child(frameName) {
      const frame = webContents.mainFrame.framesInSubtree.find(({ name }) => name === frameName);
      if (frame === undefined) throw new Error(`${name} has no frame called ${frameName}`);
      return { frame, ...createRunner(() => frame) };
    },
  };
  env.onPage(page);
  if (options.load !== false) await load(options.url ?? env.defaultUrl);
  return page;
}

/**
 * A page stops loading only after it has finished. Where it stops during a `loadURL`, Electron takes
 * that for the new page's end, and rejects with ERR_FAILED.
 */
export async function loadingEnds(webContents: WebContents): Promise<void> {
  if (!webContents.isLoading()) return;
  await new Promise<void>((ended) => webContents.once('did-stop-loading', () => ended()));
}

function preloadSource(kit: string, name: string, code: RendererCode | undefined): string {
  return [
    `${kit}`,
    `const kit = parity.createKit(require('electron'), ${JSON.stringify(name)});`,
    'parity.offerKit(kit);',
    code === undefined ? '' : `(${code})(kit);`,
  ].join('\n');
}

function createRunner(frame: () => WebFrameMain): Runner {
  return {
    run: (code, ...args) => runIn(frame(), code, args),
    start: (code, ...args) => void runIn(frame(), code, args).catch(() => {}),
  };
}

async function runIn<A extends unknown[], R>(
  frame: WebFrameMain,
  code: RendererCode<A, R>,
  args: A,
): Promise<R> {
  const source = String(code);
  const json = JSON.stringify(JSON.stringify(args));
  // Where the page is the kit's own world no eval is needed, so a strict policy does not matter.
  const answer = await runInMainWorld<string>(
    frame,
    `typeof parityRun === 'function' ? parityRun(parityKit, ${source}, ${json})` +
      ` : parityCall(${JSON.stringify(source)}, ${json})`,
  );
  const { value, error } = JSON.parse(answer) as { value: R; error?: string };
  if (error !== undefined) throw new Error(`in the renderer: ${error}`);
  return value;
}

function runInMainWorld<R>(frame: WebFrameMain, source: string): Promise<R> {
  return frame.executeJavaScript(source) as Promise<R>;
}

/** No silent fall-back, and no ring where there must be none. */
async function checkPath(
  webContents: WebContents,
  name: string,
  ring: boolean,
  subFrames: boolean,
): Promise<void> {
  if (webContents.isDestroyed() || webContents.isCrashed()) return;
  const { mainFrame } = webContents;
  for (const frame of subFrames ? mainFrame.framesInSubtree : [mainFrame]) {
    await checkFrame(frame, name, ring);
  }
}

/** Throws unless a frame is, or soon comes, on the ring, or where it must not be, is not on it. */
export async function checkFrame(frame: WebFrameMain, name: string, ring: boolean): Promise<void> {
  if (ring) {
    await waitForRing(frame, name);
    return;
  }
  const { path, reason, batched = false } = pathOf(frame);
  if (path !== 'stock') throw new Error(`${name} is on the ring`);
  const batches = reason === 'sandboxed' && process.env.RINGWIRE_BATCH !== 'off';
  if (batched !== batches) throw new Error(`${name} ${batched ? 'has' : 'lacks'} batches`);
}

/** A link comes up while the document loads; scenarios about that moment use `preload`. */
export async function waitForRing(frame: WebFrameMain, name: string): Promise<void> {
  for (let waited = 0; pathOf(frame).path !== 'ring'; waited += 10) {
    if (waited >= 5000) {
      throw new Error(`${name} is not on the ring: ${JSON.stringify(pathOf(frame))}`);
    }
    await new Promise((later) => setTimeout(later, 10));
  }
}
