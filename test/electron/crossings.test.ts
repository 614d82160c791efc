import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type ElectronRun, launchElectron } from '../../scripts/electron/launch.ts';
import type { ResolvedElectron } from '../../scripts/electron/resolve.ts';
import { compiledFile } from './harness/runner/catalogue.ts';
import type { Mode } from './harness/runner/report.ts';
import type { Graph } from './harness/values/graph.ts';
import { anyGraph } from './harness/values/graphs.ts';

const app = compiledFile(new URL('./fixtures/crossings.ts', import.meta.url));

/** More of them, or the seed and path of a failure, for a closer look. */
const { CROSSINGS_RUNS = '400', CROSSINGS_SEED, CROSSINGS_PATH } = process.env;
const parameters: fc.Parameters<[Graph]> = {
  numRuns: Number(CROSSINGS_RUNS),
  timeout: 60_000,
  ...(CROSSINGS_SEED !== undefined && { seed: Number(CROSSINGS_SEED) }),
  ...(CROSSINGS_PATH !== undefined && { path: CROSSINGS_PATH }),
};

const electron = inject('electron');

describe('any values', () => {
  let folder: string;
  let stock: Application;
  let ringwire: Application;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringwire-crossings-'));
    stock = await Application.start(electron, folder, 'stock');
    ringwire = await Application.start(electron, folder, 'ringwire');
  });

  afterAll(async () => {
    await Promise.all([stock.run.kill(), ringwire.run.kill()]);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  test('arrive by ringwire as they do by stock IPC, or fail the same way', {
    timeout: 600_000,
  }, async () => {
    const crossing = fc.asyncProperty(anyGraph, async (graph) => {
      const [expected, found] = await Promise.all([stock.cross(graph), ringwire.cross(graph)]);
      expect(expected).not.toEqual([]);
      expect(found).toEqual(expected);
    });
    await fc.assert(crossing, parameters);
    expect([await stock.end(), await ringwire.end()]).toEqual([0, 0]);
  });
});

/** One of the two applications. */
class Application {
  readonly run: ElectronRun;

  private constructor(run: ElectronRun) {
    this.run = run;
  }

  static async start(electron: ResolvedElectron, folder: string, mode: Mode): Promise<Application> {
    const run = await launchElectron({
      electron,
      appPath: app,
      ipc: true,
      switches: ['--js-flags=--expose-gc'],
      env: { RINGWIRE_CROSSINGS: mode, RINGWIRE_CROSSINGS_FOLDER: join(folder, mode) },
    });
    const application = new Application(run);
    await application.#answer();
    return application;
  }

  /** What both sides of the application saw. */
  cross(graph: Graph): Promise<unknown> {
    const answer = this.#answer();
    this.run.process.send?.(graph);
    return answer;
  }

  /** The exit code: not 0 when the window was not on its path in the end. */
  async end(): Promise<number | undefined> {
    this.run.process.send?.('end');
    return (await this.run.exited).exitCode;
  }

  async #answer(): Promise<unknown> {
    const ended = this.run.exited.then(({ output }) => {
      throw new Error(`Electron ended, having printed:\n${output}`);
    });
    const answer = new Promise((resolve) => this.run.process.once('message', resolve));
    return Promise.race([answer, ended]);
  }
}
