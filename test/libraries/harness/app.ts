/** The application that runs one flow in Electron's main process; flow.ts starts it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import * as electron from 'electron';
import { observeMain } from '../../electron/harness/app/observe-main.ts';
import { observationMark } from '../../electron/harness/kit.ts';
import { Lines } from '../../electron/harness/main-kit.ts';
import { loadingEnds, waitForRing } from '../../electron/harness/page.ts';
import { pathOf } from '../../electron/harness/paths.ts';
import { createJournal } from '../../electron/harness/values/journal.ts';
import { type Arguments, type FlowReport, reportName, type WindowPath } from './report.ts';
import { TrafficMeter } from './traffic.ts';

const { app, BrowserWindow } = electron;
const [folder, mode, workingFolder] = process.argv.slice(-3) as Arguments;
const ringwire = mode === 'ringwire';
const limit = 60_000;
/** Of the levels of `console-message`. */
const warning = 2;

const flowFolder = join(app.getAppPath(), 'flows', folder);
const observations: Record<string, string[]> = {};
const paths: WindowPath[] = [];
const lines = new Lines();
const meter = new TrafficMeter();

/** What a flow's main.cjs is given. */
export interface FlowKit extends ReturnType<typeof createJournal> {
  /** For the user's data and other files; removed after the run. */
  readonly folder: string;
  open(options?: OpenOptions): Promise<electron.BrowserWindow>;
  /** Resolves when a page has run its part to the end. */
  ended(actor: string): Promise<void>;
  /** Resolves when `actor` has written a line that starts with `start`. */
  seen(actor: string, start: string): Promise<void>;
  /** Resolves when the window's document has loaded and, with ringwire, is on the ring. */
  ready(window: electron.BrowserWindow): Promise<void>;
  /** Lets a page run its part, see journal.ts; `open` does it for the first document. */
  go(window: electron.BrowserWindow): Promise<void>;
  /** Collects garbage in this process until `done`. */
  collectUntil(done: () => boolean): Promise<void>;
}

interface OpenOptions {
  /** A script of the flow's folder. */
  readonly preload?: string;
  /** A file of the flow's folder. @default an empty page */
  readonly html?: string;
  readonly webPreferences?: electron.WebPreferences;
  /** What a library wants to be told of a window before it loads. */
  readonly before?: (window: electron.BrowserWindow) => void;
  /** False: `open` does not let the page run its part. */
  readonly go?: boolean;
}

function write(actor: string, line: string): void {
  observations[actor] ??= [];
  observations[actor].push(line);
  lines.add(actor, line);
}

const kit: FlowKit = {
  ...createJournal('main', write),
  folder: workingFolder,
  seen: (actor, start) => lines.seen(actor, start),
  ended: (actor) => Promise.race([lines.seen(actor, 'end'), failure(actor)]),
  ready,
  go: async (window) => {
    await window.webContents.executeJavaScript("void dispatchEvent(new Event('go'))");
  },
  async open({ preload, html, webPreferences, before, go = true } = {}) {
    const window = new BrowserWindow({
      show: false,
      webPreferences: {
        sandbox: false,
        ...(preload === undefined ? {} : { preload: join(flowFolder, preload) }),
        ...webPreferences,
      },
    });
    before?.(window);
    const page = html === undefined ? join(flowFolder, '../empty.html') : join(flowFolder, html);
    await window.loadFile(page);
    await ready(window);
    if (go) await kit.go(window);
    return window;
  },
  async collectUntil(done) {
    do {
      await setImmediate(); // what a WeakRef gave out lives until the end of its task
      (globalThis as { gc?: () => void }).gc?.();
    } while (!done());
  },
};

async function failure(actor: string): Promise<never> {
  await lines.seen(actor, 'failed');
  throw new Error(`${actor} failed: ${observations[actor]?.at(-1)}`);
}

async function ready({ webContents }: electron.BrowserWindow): Promise<void> {
  await loadingEnds(webContents);
  if (ringwire) await waitForRing(webContents.mainFrame, webContents.getURL());
}

function notePath({ webContents }: electron.BrowserWindow): void {
  if (!ringwire || webContents.isDestroyed()) return;
  const { path, reason } = pathOf(webContents.mainFrame);
  paths.push({ path, url: webContents.getURL(), ...(reason === undefined ? {} : { reason }) });
}

async function run(): Promise<void> {
  const main = require(join(flowFolder, 'main.cjs')) as (kit: FlowKit) => Promise<void>;
  await app.whenReady();
  await main(kit);
}

function end(error: unknown): void {
  for (const window of BrowserWindow.getAllWindows()) notePath(window);
  const report: FlowReport = {
    observations,
    paths,
    traffic: meter.read(),
    ...(error === undefined
      ? {}
      : { error: error instanceof Error ? `${error.stack}` : `${error}` }),
  };
  writeFileSync(join(workingFolder, reportName), JSON.stringify(report));
  app.exit(0);
}

app.setPath('userData', join(workingFolder, 'user-data'));
app.on('window-all-closed', () => {});
app.on('browser-window-created', (_event, window) => {
  window.on('close', () => notePath(window));
});
app.on('web-contents-created', (_event, contents) => {
  contents.on('console-message', (_details, level, message) => {
    if (!message.startsWith(observationMark)) {
      if (level >= warning) write('consoles', message);
      return;
    }
    const [actor, line] = JSON.parse(message.slice(observationMark.length)) as [string, string];
    write(actor, line);
  });
});
observeMain(write);
meter.watchStock();
if (ringwire) require('ringwire/register');
meter.watchAll();
setTimeout(() => end(new Error(`no end within ${limit} ms`)), limit);
run().then(() => end(undefined), end);
