/** The application of the soak; scripts/soak.ts starts it. */
import 'ringwire/register';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from 'node:util';
import { app, BrowserWindow, ipcMain, type WebContents } from 'electron';
import type { Peer } from 'ringwire';
import { paths } from 'ringwire/main';
import { seeded } from '../../bench/harness/trials/random.ts';
import { listenTo } from './listeners.ts';
import { Peers } from './peers.ts';
import { type Holdings, type Plan, planVariable, type Report } from './protocol.ts';
import { channels } from './traffic/channels.ts';
import { Ledger } from './traffic/ledger.ts';
import { disturbances, Windows } from './windows.ts';

const plan = JSON.parse(process.env[planVariable] as string) as Plan;
const random = seeded(plan.seed);
const disturbed: Record<string, number> = {};
const started = performance.now();
let byRing = 0;
const ledger = new Ledger((what) => console.error(what));

process.on('unhandledRejection', (reason) => ledger.fault(0, inspect(reason)));
main().catch((reason) => {
  ledger.fault(0, inspect(reason));
  app.exit(1);
});

async function main(): Promise<void> {
  await app.whenReady();
  const peers = await Peers.create(plan.node, random);
  const windows = new Windows(await servePage());
  listenTo<WebContents>(ipcMain, ledger, {
    began(contents, id) {
      windows.began(contents, id);
      if (isOnRing(contents)) byRing++;
    },
    ended: (contents) => windows.ended(contents),
  });
  listenTo<Peer>(peers.server, ledger, {
    began: (peer, id) => peers.began(peer, id),
    ended: (peer) => peers.done(peer),
  });
  for (let n = 0; n < plan.windows; n++) windows.open(n);
  for (let n = 0; n < plan.peers; n++) peers.start();

  const reports = setInterval(() => send(report(false)), 60_000);
  const stop = new AbortController();
  const busy = Promise.all([
    pushes(windows, peers, stop.signal),
    disturb(windows, peers, stop.signal),
  ]);
  await pause(plan.milliseconds);
  stop.abort();
  await busy;

  windows.stopReplacing();
  peers.stopReplacing();
  await endInGoodOrder(windows, peers);
  await peers.gone();
  clearInterval(reports);
  const last = report(true);
  send(last, () => app.exit(last.faults.length === 0 ? 0 : 1));

  function report(ended: boolean): Report {
    return {
      seconds: Math.round((performance.now() - started) / 1000),
      sums: ledger.sums,
      disturbances: { ...disturbed, ...peers.ended },
      byRing,
      holdings: holdings(),
      faults: ledger.faults,
      ended,
    };
  }
}

function isOnRing({ id }: WebContents): boolean {
  return paths().some(({ webContentsId, path }) => webContentsId === id && path === 'ring');
}

/** Pushes to all that talk, at random, until the end. */
async function pushes(windows: Windows, peers: Peers, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const [listener, conversation] of [...windows.talking, ...peers.talking]) {
      const burst = Math.ceil(random() ** 3 * 20);
      for (let n = 0; n < burst; n++) {
        if (!say(listener, channels.push, ...ledger.push(conversation))) break;
      }
    }
    await pause(random() * 40);
  }
}

/** False: a peer has ended, and its `closed` has not had its turn. */
function say(listener: WebContents | Peer, channel: string, ...args: unknown[]): boolean {
  try {
    listener.send(channel, ...args);
    return true;
  } catch (error) {
    if (/_(CLOSED|PEER_GONE)$/.test(String((error as { code?: unknown }).code))) return false;
    throw error;
  }
}

async function disturb(windows: Windows, peers: Peers, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(random() * 2 * plan.pace);
    if (random() < 0.2) {
      peers.pause();
      count('peer: pause');
    }
    const disturbance = disturbances[Math.floor(random() * disturbances.length)];
    if (disturbance === undefined || !windows.disturb(disturbance, random)) continue;
    count(disturbance);
  }
}

function count(disturbance: string): void {
  disturbed[disturbance] = (disturbed[disturbance] ?? 0) + 1;
}

/** Tells all to stop, and waits until both sides of each conversation have compared their counts. */
async function endInGoodOrder(windows: Windows, peers: Peers): Promise<void> {
  const deadline = performance.now() + 60_000;
  const left = () => [...windows.talking, ...peers.talking];
  const told = new Set<number>();
  while (left().length > 0 || loading()) {
    for (const [listener, conversation] of left()) {
      if (told.has(conversation)) continue;
      told.add(conversation);
      say(listener, channels.stop, conversation);
    }
    if (performance.now() > deadline) {
      for (const [, conversation] of left()) ledger.fault(conversation, 'no end within a minute');
      break;
    }
    await pause(20);
  }
  for (const window of BrowserWindow.getAllWindows()) window.destroy();
}

/** A document that loads may still begin a conversation. */
function loading(): boolean {
  return BrowserWindow.getAllWindows().some(({ webContents }) => webContents.isLoading());
}

function holdings(): Holdings {
  (globalThis as { gc?: () => void }).gc?.();
  const { rss, external } = process.memoryUsage();
  return {
    residentMemory: rss,
    external,
    descriptors: readdirSync('/proc/self/fd').length,
    threads: readdirSync('/proc/self/task').length,
    mappings: readFileSync('/proc/self/maps', 'utf8').trimEnd().split('\n').length,
  };
}

function send(report: Report, then = (): void => {}): void {
  process.send?.(report, then);
}

/** An origin of its own for the windows: a page from a file has none. */
async function servePage(): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>soak</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
