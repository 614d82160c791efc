/**
 * The doctor's application: opens the windows, answers what they send, and reports to who started
 * it. Which IPC it is about is in the environment.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, BrowserWindow } from 'electron';
import { experimental } from '../../core/experimental.ts';
import { loadNative } from '../../core/load-native.ts';
import {
  type FromElectron,
  type SideReport,
  type WindowKind,
  type WindowReport,
  windowKinds,
} from '../report.ts';
import { type Begin, channels } from './channels.ts';
import { Listeners } from './listeners.ts';

/** The same as an application has. */
const { paths, register } = require('./main.cjs') as typeof import('../../main.ts');

/** Milliseconds for one window. What it has not done by then counts as not done. */
const patience = 60_000;

const {
  RINGWIRE_DOCTOR: side,
  RINGWIRE_DOCTOR_HOME: home,
  RINGWIRE_DOCTOR_SCRIPT: script,
} = process.env;
if (home) app.setPath('userData', home);
if (script) require(script);
if (side === 'ringwire') register();

const preferences: Readonly<Record<WindowKind, Electron.WebPreferences>> = {
  isolated: { sandbox: false },
  node: { sandbox: false, nodeIntegration: true, contextIsolation: false, webviewTag: true },
  sandboxed: { sandbox: true },
};

const preload = join(__dirname, 'doctor-preload.cjs');

void run();

async function run(): Promise<void> {
  try {
    await app.whenReady();
    tell({ report: await examine() });
  } catch (error) {
    tell({ failure: String((error as Error).stack) });
  }
}

function tell(message: FromElectron): void {
  process.send?.(message);
}

async function examine(): Promise<SideReport> {
  const listeners = new Listeners((step) => tell({ step }));
  const windows = new Map<WindowKind, BrowserWindow>();
  for (const kind of windowKinds) windows.set(kind, await open(kind));
  const reports: Partial<Record<WindowKind, WindowReport>> = {};
  for (const kind of windowKinds) reports[kind] = await examineWindow(kind, windows, listeners);
  const { electron = '', chrome = '', node } = process.versions;
  const addonError = whyNoAddon();
  const unrun = experimental();
  return {
    versions: { electron, chrome, node },
    windows: reports,
    ...(addonError !== undefined && { addonError }),
    ...(unrun && { experimental: unrun }),
  };
}

async function open(kind: WindowKind): Promise<BrowserWindow> {
  tell({ step: `opening the ${kind} window` });
  const window = new BrowserWindow({
    show: false,
    webPreferences: { ...preferences[kind], preload, backgroundThrottling: false },
  });
  await window.loadURL('data:text/html,<title>ringwire doctor</title>');
  return window;
}

async function examineWindow(
  kind: WindowKind,
  windows: ReadonlyMap<WindowKind, BrowserWindow>,
  listeners: Listeners,
): Promise<WindowReport> {
  const window = windows.get(kind) as BrowserWindow;
  const other = windows.get(kind === 'node' ? 'isolated' : 'node');
  const { webContents } = window;
  const ended = listeners.follow(kind, webContents, patience);
  const peer = hasSendTo() ? other?.webContents.id : undefined;
  webContents.send(channels.begin, { peer, preload: pathToFileURL(preload).href } satisfies Begin);
  return { ...(await ended), path: pathOf(webContents.id) };
}

function pathOf(webContentsId: number): WindowReport['path'] {
  const found = paths().find((entry) => entry.webContentsId === webContentsId);
  const { path = 'stock', reason, detail, batched } = found ?? {};
  return {
    path,
    ...(reason !== undefined && { reason }),
    ...(detail !== undefined && { detail }),
    ...(batched !== undefined && { batched }),
  };
}

/** On newer Electrons only ringwire has it, so there is nothing to compare. */
function hasSendTo(): boolean {
  return Number(process.versions.electron?.split('.')[0]) < 28;
}

function whyNoAddon(): string | undefined {
  try {
    loadNative();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
