/** The application that runs scenarios in Electron's main process; run.ts starts it. */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as electron from 'electron';
import { observationMark } from '../kit.ts';
import { createMainKit, Lines, type MainKit } from '../main-kit.ts';
import { openPage, type Page } from '../page.ts';
import { type Entry, type Plan, type PlanItem, planVariable } from '../runner/report.ts';
import type { Scenario } from '../scenario.ts';
import { type Site, startSite } from '../site.ts';
import { observeMain } from './observe-main.ts';
import { snapshotIpcMain } from './tidy.ts';

const { app, BrowserWindow, ipcMain } = electron;
const plan = JSON.parse(readFileSync(process.env[planVariable] as string, 'utf8')) as Plan;
const ringwire = plan.mode === 'ringwire';
const kitSource = readFileSync(join(__dirname, '../kit.iife.js'), 'utf8');

/** Whose lines are written at the moment; between scenarios nobody's. */
let current: { readonly key: string; readonly lines: Lines } | undefined;

function append(entry: Entry): void {
  appendFileSync(plan.report, `${JSON.stringify(entry)}\n`);
}

function write(actor: string, line: string): void {
  if (current === undefined) return;
  append({ type: 'line', key: current.key, actor, line });
  current.lines.add(actor, line);
}

function load(item: PlanItem): Scenario {
  const { default: scenarios } = require(item.file) as { default: readonly Scenario[] };
  const scenario = scenarios[item.index];
  if (scenario === undefined) throw new Error(`${item.file} has no scenario ${item.index}`);
  return scenario;
}

async function run(item: PlanItem, site: Site): Promise<void> {
  const scenario = load(item);
  const pages: Page[] = [];
  const lines = current?.lines ?? new Lines();
  current = { key: item.key, lines };
  const kit = createMainKit(
    {
      electron,
      context: item.context,
      site,
      ringwire,
      folder: plan.folder,
      write,
      open: (options) =>
        openPage(scenario.path === 'stock' ? { ...options, ring: false } : options, {
          BrowserWindow,
          folder: plan.folder,
          kitSource,
          defaultUrl: site.url(),
          context: item.context,
          ringwire,
          onPage: (page) => pages.push(page),
        }),
    },
    lines,
  );
  const restore = snapshotIpcMain(ipcMain);
  let error: string | undefined;
  let watchdog: NodeJS.Timeout | undefined;
  try {
    const limit = scenario.timeout ?? 60_000;
    const hung = new Promise<never>((_, reject) => {
      watchdog = setTimeout(() => reject(new Hung(`no end within ${limit} ms`)), limit);
    });
    await Promise.race([play(scenario, kit, pages), hung]);
  } catch (reason) {
    error = reason instanceof Error ? (reason.stack ?? reason.message) : kit.describe(reason);
    if (reason instanceof Hung) {
      append({ type: 'end', key: item.key, error });
      app.exit(1); // what hangs may hold on to anything: the rest gets a new process
      await new Promise(() => {});
    }
  }
  clearTimeout(watchdog);
  current = undefined;
  append({ type: 'end', key: item.key, ...(error === undefined ? {} : { error }) });
  for (const window of BrowserWindow.getAllWindows()) window.destroy();
  restore();
}

async function play(scenario: Scenario, kit: MainKit, pages: readonly Page[]): Promise<void> {
  await scenario.main(kit);
  await flush();
  if (ringwire) for (const page of pages) await page.checkPath();
}

/** What renderers have observed arrives, however much faster their messages were. */
async function flush(): Promise<void> {
  const living = electron.webContents.getAllWebContents().filter((one) => !one.isCrashed());
  await Promise.all(living.map(flushOne));
}

/** What a frame answers comes after what it observed; a frame that goes away never answers. */
async function flushOne(contents: electron.WebContents): Promise<void> {
  const gone = new Promise((ended) => {
    contents.once('destroyed', () => ended(undefined));
    contents.once('render-process-gone', () => ended(undefined));
  });
  const { framesInSubtree } = contents.mainFrame;
  const answers = framesInSubtree.map((frame) => frame.executeJavaScript('0').catch(() => {}));
  await Promise.race([Promise.all(answers), gone]);
}

class Hung extends Error {}

async function main(): Promise<void> {
  app.setPath('userData', join(plan.folder, 'user-data'));
  app.on('window-all-closed', () => {});
  observeMain(write);
  app.on('web-contents-created', (_event, contents) => {
    const owner = current;
    contents.on('console-message', (event, _level, message) => {
      const text = (event as { message?: string }).message ?? message;
      if (!text.startsWith(observationMark) || owner !== current) return;
      const [actor, line] = JSON.parse(text.slice(observationMark.length)) as [string, string];
      write(actor, line);
    });
  });

  const [first] = plan.items;
  if (first !== undefined) prepare(first);
  // An ES module that imports this file has done it before.
  if (ringwire && !('registered' in globalThis)) require('ringwire/register');
  await app.whenReady();
  const site = await startSite();
  for (const item of plan.items) {
    append({ type: 'start', key: item.key });
    await run(item, site);
  }
  app.exit(0);
}

/** A scenario that does something before registering is always the first of its process. */
function prepare(item: PlanItem): void {
  const { beforeRegister } = load(item);
  if (beforeRegister === undefined) return;
  current = { key: item.key, lines: new Lines() };
  const log = (label: string, ...values: unknown[]): void =>
    write('main', [label, ...values.map(String)].join(' '));
  beforeRegister({ electron, ipcMain, log });
}

void main();
