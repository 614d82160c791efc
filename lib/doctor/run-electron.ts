import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RingwireError } from '../core/errors.ts';
import type { FromElectron, Side, SideReport } from './report.ts';

export interface RunOptions {
  readonly electron: string;
  readonly side: Side;
  /** Further Chromium switches. */
  readonly switches: readonly string[];
  /** For `DISPLAY`, if another one is meant than that of the environment. */
  readonly display: string | undefined;
  /** A script that main loads first, or none. */
  readonly script: string | undefined;
  /** Milliseconds; then it is killed. */
  readonly timeout: number;
}

/** Lines of what an Electron has printed that say why it failed, at most. */
const lastLines = 12;

/**
 * Starts Electron once, with the doctor's application, and waits for its report.
 *
 * @throws RingwireError `ERR_RINGWIRE_ELECTRON_FAILED` when it ends without one, or has none in time
 */
export async function runElectron(options: RunOptions): Promise<SideReport> {
  const home = mkdtempSync(join(tmpdir(), 'ringwire-doctor-'));
  const child = start(options, home);
  const ended = once(child, 'close');
  try {
    return await reportOf(child, options.timeout);
  } finally {
    kill(child);
    await ended;
    rmSync(home, { recursive: true, force: true, maxRetries: 10 });
  }
}

function start(
  { electron, side, switches, script, display }: RunOptions,
  home: string,
): ChildProcess {
  const {
    ELECTRON_RUN_AS_NODE: _asNode,
    NODE_OPTIONS: _options,
    RINGWIRE: _off,
    ...env
  } = process.env;
  return spawn(electron, [...switches, join(__dirname, 'doctor-main.cjs')], {
    env: {
      ...env,
      RINGWIRE_DOCTOR: side,
      RINGWIRE_DOCTOR_HOME: home,
      ...(display !== undefined && { DISPLAY: display }),
      ...(script !== undefined && { RINGWIRE_DOCTOR_SCRIPT: script }),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A group of its own, so that its renderers end with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

function reportOf(child: ChildProcess, timeout: number): Promise<SideReport> {
  let step = 'its start';
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  }
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      clearTimeout(timer);
      const lines = printed.join('').trim().split('\n').slice(-lastLines).join('\n');
      const cause = lines === '' ? undefined : lines;
      reject(new RingwireError('ERR_RINGWIRE_ELECTRON_FAILED', { detail: what, cause }));
    };
    const timer = setTimeout(() => {
      fail(`it was killed after ${timeout / 1000} s; it had come to ${step}`);
    }, timeout);
    child.on('message', (message: FromElectron) => {
      if ('step' in message) {
        step = message.step;
      } else if ('failure' in message) {
        fail(message.failure);
      } else {
        clearTimeout(timer);
        resolve(message.report);
      }
    });
    child.on('error', (error) => fail(error.message));
    child.on('close', (code, signal) => {
      fail(`it ended with ${signal ?? `code ${code}`}; it had come to ${step}`);
    });
  });
}

/** Electron may ignore a friendlier signal. */
function kill(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-pid, 'SIGKILL');
  } catch {
    // All of the group have ended.
  }
}
