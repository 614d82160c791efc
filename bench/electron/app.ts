/** The main process of a trial in real Electron: one scenario, one contender, then the end. */
import 'ringwire/register'; // what `RINGWIRE=off` switches off again, for stock
import { once } from 'node:events';
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, type WebContents, type WebPreferences } from 'electron';
import { paths } from 'ringwire/main';
import { electronContenders } from '../contenders/electron.ts';
import { find } from '../harness/find.ts';
import { now } from '../harness/measure/clock.ts';
import { readActivity } from '../harness/measure/proc.ts';
import { ownCpu } from '../harness/measure/work.ts';
import { act, failed, readOrder, type TrialOutcome } from '../harness/trials/trial.ts';
import { electronScenarios } from '../scenarios/electron.ts';
import { feelScenarios } from '../scenarios/feel.ts';
import { growthScenarios } from '../scenarios/growth.ts';
import type { OpenedWindow, OpeningSide } from '../scenarios/scenario.ts';
import {
  actChannel,
  actedChannel,
  cpuChannel,
  loadedChannel,
  measureChannel,
  measuredChannel,
  type Prepare,
  prepareChannel,
  preparedChannel,
} from './wire.ts';

const page = join(__dirname, 'page.html');
const order = readOrder();
const scenario = find(
  [...electronScenarios, ...growthScenarios, ...feelScenarios],
  order.scenario,
  'scenario',
);
const contender = find(electronContenders, order.contender, 'contender');

app.on('window-all-closed', () => {});
process.on('disconnect', () => app.exit(1)); // the runner is gone
app.on('render-process-gone', (_event, _contents, { reason }) => {
  report(failed(`a window's process ended: ${reason}`));
});

app
  .whenReady()
  .then(run)
  .catch((error: unknown) => report(failed(error)));

async function run(): Promise<void> {
  const windows = await Promise.all(Array.from({ length: scenario.windows }, open));
  assertPaths(windows);
  ipcMain.handle(cpuChannel, ({ sender }) => ({
    caller: readActivity(sender.getOSProcessId()).cpu,
    answerer: ownCpu(),
  }));
  scenario.main({ ipcMain, windows });
  if (scenario.inMain !== undefined) {
    const side: OpeningSide = { limits: order.limits, open: openLoaded, close, nextLoad };
    return report({ type: 'measured', measurement: await scenario.inMain(side) });
  }

  const webContentsIds = windows.map(({ id }) => id);
  const prepared = answers<void>(preparedChannel, windows);
  for (const [index, window] of windows.entries()) {
    window.send(prepareChannel, { index, webContentsIds } satisfies Prepare);
  }
  await prepared;

  const measuring = scenario.combine === undefined ? windows.slice(0, 1) : windows;
  const outcomes = answers<TrialOutcome | undefined>(measuredChannel, measuring);
  const begin = now() + 50_000;
  for (const window of measuring) window.send(measureChannel, begin);
  const all = await outcomes;
  const failure = all.find((outcome) => outcome?.type === 'failed');
  if (failure !== undefined) return report(failure);
  assertPaths(windows);

  if (scenario.observe !== undefined) {
    const pages = windows.map((window) => window.getOSProcessId());
    process.on('message', (message) => {
      if (message === act) actIn(windows.slice(0, 1)).then(report, (it) => report(failed(it)));
    });
    return report({ type: 'still', processes: { main: process.pid, pages } });
  }
  const found = all.flatMap((it) => (it?.type === 'measured' ? [it.measurement] : []));
  const measurement = scenario.combine === undefined ? found[0] : scenario.combine(found);
  if (measurement === undefined) throw new Error(`${scenario.id} measured nothing`);
  report({ type: 'measured', measurement });
}

async function actIn(windows: readonly WebContents[]): Promise<TrialOutcome> {
  const acted = answers<TrialOutcome>(actedChannel, windows);
  for (const window of windows) window.send(actChannel);
  const [outcome] = await acted;
  assertPaths(windows);
  return outcome ?? failed('There is no window');
}

async function open(): Promise<WebContents> {
  const window = createWindow();
  await window.loadFile(page);
  return window.webContents;
}

async function openLoaded(preferences?: WebPreferences): Promise<OpenedWindow> {
  const found = nextLoad();
  const begin = now();
  const window = createWindow(preferences);
  await window.loadFile(page);
  const loaded = now() - begin;
  const opened = { contents: window.webContents, loaded, found: await found };
  assertPaths([opened.contents]);
  return opened;
}

async function close({ contents }: OpenedWindow): Promise<void> {
  const window = BrowserWindow.fromWebContents(contents);
  if (window === null) return;
  const closed = once(window, 'closed');
  window.destroy();
  await closed;
}

/** Only where the scenario has something to do at load. */
async function nextLoad(): Promise<unknown> {
  if (scenario.atLoad === undefined) return undefined;
  const [, found] = await once(ipcMain, loadedChannel);
  return found;
}

function createWindow(preferences: WebPreferences = {}): BrowserWindow {
  const { sandboxed = false } = scenario;
  return new BrowserWindow({
    width: 320,
    height: 200,
    webPreferences: {
      preload: join(__dirname, sandboxed ? 'preload-sandboxed.cjs' : 'preload.cjs'),
      contextIsolation: true,
      sandbox: sandboxed,
      backgroundThrottling: false,
      ...preferences,
    },
  });
}

/** Otherwise a frame that fell back to stock IPC would be measured as ringwire. */
function assertPaths(windows: readonly WebContents[]): void {
  for (const { mainFrame } of windows) {
    const { processId, routingId } = mainFrame;
    const found = paths().find((it) => it.processId === processId && it.frameId === routingId);
    // In a sandbox there is no ring; ringwire batches there.
    const actual = scenario.sandboxed && found?.batched ? 'ring' : found?.path;
    if (actual !== contender.path) {
      const why = found === undefined ? 'an unknown path' : JSON.stringify(found);
      throw new Error(`${contender.id} has to be on path ${contender.path}, and is on ${why}`);
    }
  }
}

/** The first message of each window on this channel, in the order of the windows. */
function answers<Answer>(channel: string, windows: readonly WebContents[]): Promise<Answer[]> {
  return Promise.all(
    windows.map(
      (window) =>
        new Promise<Answer>((resolve) => window.ipc.once(channel, (_event, it) => resolve(it))),
    ),
  );
}

function report(outcome: TrialOutcome): void {
  process.send?.(outcome);
}
