/**
 * Starts any Electron application, with or without a display, and ends all of its processes.
 *
 * ```ts
 * const run = await launchElectron({ appPath: 'examples/app', args: ['--fast'], timeout: 60_000 });
 * run.onLine((line) => console.log(line));
 * const { exitCode, output } = await run.exited; // never rejects
 * await run.kill(); // idempotent; takes renderers and helpers with it
 * ```
 */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa, type ResultPromise } from 'execa';
import { onExit } from 'signal-exit';
import { ensureDisplay } from './display.ts';
import { SetupError } from './errors.ts';
import { type ResolvedElectron, resolveElectron } from './resolve.ts';
import { sandboxWorks } from './sandbox.ts';

export interface LaunchOptions {
  /** A folder with a package.json, or a script: what one would give to `electron` itself. */
  readonly appPath: string;
  /** The application's own arguments (`process.argv.slice(...)` after the path). */
  readonly args?: readonly string[];
  /** Further Chromium or V8 switches, such as `--js-flags=--expose-gc`. */
  readonly switches?: readonly string[];
  /** Added to the environment; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Milliseconds after which everything is killed; the exit then says `timedOut`. No limit by default. */
  readonly timeout?: number;
  /** Opens Node's IPC channel: `process.send` in main, `run.process.on('message')` here. */
  readonly ipc?: boolean;
  /** @default what `resolveElectron` finds */
  readonly electron?: ResolvedElectron;
  /** Starts Electron in its place, with the same arguments. @default the Electron itself */
  readonly program?: string;
}

export interface ElectronExit {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly timedOut: boolean;
  /** Everything printed, stdout and stderr as they came, without the noise of a missing D-Bus. */
  readonly output: string;
}

export interface ElectronRun {
  readonly pid: number;
  readonly electron: ResolvedElectron;
  readonly process: ResultPromise;
  /** Resolves when the main process has ended; never rejects. */
  readonly exited: Promise<ElectronExit>;
  /** What was printed until now. */
  output(): string;
  onLine(listener: (line: string, stream: 'stdout' | 'stderr') => void): void;
  /** Kills the whole process group and waits for its end. */
  kill(): Promise<ElectronExit>;
}

const noise =
  /ERROR:(bus|object_proxy|viz_main_impl|command_buffer_proxy_impl)\.cc|dbus\/|\bGPU process\b/;

export async function launchElectron(options: LaunchOptions): Promise<ElectronRun> {
  const electron = options.electron ?? (await resolveElectron());
  requireStarter(electron);
  const display = await ensureDisplay();
  const switches = [
    ...(sandboxWorks() ? [] : ['--no-sandbox']),
    '--disable-gpu',
    ...(options.switches ?? []),
  ];
  const child = execa(
    options.program ?? electron.path,
    [...switches, options.appPath, ...(options.args ?? [])],
    {
      cwd: options.cwd ?? process.cwd(),
      env: {
        DISPLAY: display,
        ELECTRON_RUN_AS_NODE: undefined,
        NODE_OPTIONS: undefined,
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      ipc: options.ipc ?? false,
      buffer: false,
      reject: false,
      detached: process.platform !== 'win32',
    },
  ) as unknown as ResultPromise;
  return watch(child, electron, options.timeout);
}

function watch(child: ResultPromise, electron: ResolvedElectron, timeout?: number): ElectronRun {
  const listeners: ((line: string, stream: 'stdout' | 'stderr') => void)[] = [];
  const lines: string[] = [];
  const ends: Promise<unknown>[] = [];
  for (const stream of ['stdout', 'stderr'] as const) {
    const input = child[stream];
    if (input === null || input === undefined) continue;
    const reader = createInterface({ input }).on('line', (line) => {
      if (noise.test(line)) return;
      lines.push(line);
      for (const listener of listeners) listener(line, stream);
    });
    ends.push(once(reader, 'close'));
  }

  let timedOut = false;
  const killGroup = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL'); // there is no group (Windows), or it has ended
    }
  };
  const watchdog =
    timeout === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          killGroup();
        }, timeout);
  const forget = onExit(killGroup);

  child.once('exit', killGroup); // renderers and helpers that outlived main, and hold its output
  const exited = child.then(async (result): Promise<ElectronExit> => {
    clearTimeout(watchdog);
    forget();
    await Promise.all(ends);
    return {
      exitCode: result.exitCode,
      signal: result.signal,
      timedOut,
      output: lines.join('\n'),
    };
  });
  return {
    pid: child.pid ?? 0,
    electron,
    process: child,
    exited,
    output: () => lines.join('\n'),
    onLine: (listener) => void listeners.push(listener),
    kill: () => {
      killGroup();
      return exited;
    },
  };
}

/** A release of Electron has a default app; a fetched one has our starter instead. */
function requireStarter(electron: ResolvedElectron): void {
  if (process.platform !== 'linux') return;
  const resources = join(dirname(electron.path), 'resources');
  if (['default_app.asar', 'app/main.js'].some((name) => existsSync(join(resources, name)))) return;
  throw new SetupError(
    'ERR_ELECTRON_NO_STARTER',
    `${resources} has neither default_app.asar nor app/main.js, so this Electron starts nothing. ` +
      'Copy scripts/electron/starter there as app.',
  );
}
