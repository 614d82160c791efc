import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { closeSync, openSync, readFileSync, unlinkSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { PoolOptions, PoolRunnerInitializer, PoolWorker, WorkerRequest } from 'vitest/node';
import { wineProgram } from '../../scripts/native/cross.ts';
import { root } from '../../scripts/run.ts';
import { windowsNode, wineEnvironment } from '../../scripts/wine.ts';
import { Frames, frameOf } from './frames.mjs';

/** A worker that does not connect in this time never will: Node has not come up. */
const startTimeout = 60_000;

/**
 * Runs test files in a Node for Windows, under wine. The pool of vitest's own talks to its processes through a
 * descriptor that they inherit, which wine does not hand on: this one talks by TCP.
 */
export function winePool(): PoolRunnerInitializer {
  return { name: 'wine', createPoolWorker: (options) => new WineWorker(options) };
}

class WineWorker implements PoolWorker {
  readonly name = 'wine';
  readonly cacheFs = true;
  readonly #options: PoolOptions;
  readonly #events = new EventEmitter();
  #child: ChildProcess | undefined;
  #socket: Socket | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  on(event: string, callback: (argument: unknown) => void): void {
    this.#events.on(event, callback);
  }

  off(event: string, callback: (argument: unknown) => void): void {
    this.#events.off(event, callback);
  }

  send(message: WorkerRequest): void {
    this.#socket?.write(frameOf(message));
  }

  deserialize(data: unknown): unknown {
    return data;
  }

  async start(): Promise<void> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      this.#child = this.#spawn(server);
      this.#socket = await firstConnection(server, this.#child);
    } finally {
      server.close();
    }
    const frames = new Frames((message) => this.#events.emit('message', message));
    this.#socket.on('data', (bytes) => frames.take(bytes));
    // A process that is killed resets the connection; its exit is what counts.
    this.#socket.on('error', () => {});
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#socket?.destroy();
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  #spawn(server: Server): ChildProcess {
    const { execArgv, env, project } = this.#options;
    const { port } = server.address() as AddressInfo;
    const entry = new URL('wine-worker.mjs', import.meta.url).pathname;
    // node.exe takes no socket for its output, and sockets are what Node has for pipes.
    const output = `${wineEnvironment.WINEPREFIX}/output-${port}`;
    const descriptor = openSync(output, 'w');
    const child = spawn(wineProgram, [windowsNode, ...execArgv, entry, String(port)], {
      cwd: root,
      env: { ...process.env, ...env, ...wineEnvironment, PREBUILDS_ONLY: '1' },
      stdio: ['ignore', descriptor, descriptor],
    });
    closeSync(descriptor);
    child.on('error', (error) => this.#events.emit('error', error));
    child.on('exit', () => {
      project.vitest.logger.errorStream.write(readFileSync(output));
      unlinkSync(output);
      this.#events.emit('exit');
    });
    return child;
  }
}

/** Rejects where the process ends before, or never connects. */
function firstConnection(server: Server, child: ChildProcess): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`the worker under wine ${why}`));
    };
    const timer = setTimeout(() => fail('does not come up'), startTimeout);
    const onExit = (code: number | null): void => fail(`ended with code ${code}`);
    child.once('exit', onExit);
    server.once('connection', (socket) => {
      clearTimeout(timer);
      child.off('exit', onExit);
      resolve(socket);
    });
  });
}
