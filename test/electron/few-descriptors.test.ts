import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchElectron } from '../../scripts/electron/launch.ts';
import { compiledFile } from './harness/runner/catalogue.ts';
import { resultsIn, saidIn } from './harness/runner/printed.ts';

const electron = inject('electron');
let folder: string;
/** Electron where each process may open 400 files. */
let program: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-few-descriptors-'));
  program = join(folder, 'electron');
  const script = `#!/bin/sh\nulimit -n 400\nexec '${electron.path}' "$@"\n`;
  await writeFile(program, script, { mode: 0o755 });
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

interface Loaded {
  readonly heard: readonly string[];
  readonly path: string;
}

interface Result {
  readonly free: number;
  readonly scarce: Loaded;
  readonly afterwards: Loaded;
}

/** Reloads a window while main or the window has so many descriptors left, one number after the other. */
async function run(
  mode: 'stock' | 'ringwire',
  where: string,
  free: readonly number[],
): Promise<{ results: Result[]; said: string[] }> {
  const started = await launchElectron({
    electron,
    program,
    appPath: compiledFile(new URL('./fixtures/few-descriptors.ts', import.meta.url)),
    args: [await mkdtemp(join(folder, 'run-')), where, ...free.map(String)],
    env: { RINGWIRE: mode === 'stock' ? 'off' : undefined },
    timeout: 50_000,
  });
  const { output, timedOut } = await started.exited;
  if (timedOut) throw new Error(`it hangs:\n${output}`);
  return { results: resultsIn(output), said: saidIn(output) };
}

const heard = ['ask 2', 'call 3', 'news 4'];
/** From enough for a ring down to too few: with one less Chromium itself gives up. */
const numbers = [16, 8, 4, 3, 2];

const here = process.platform === 'linux';

describe.runIf(here)('a document that loads where descriptors are few', () => {
  test.each(['main', 'window'] as const)(
    'in %s: it talks wherever it does on stock',
    async (where) => {
      const stock = await run('stock', where, numbers);
      expect(stock.results.map(({ free, scarce }) => [free, scarce.heard])).toEqual(
        numbers.map((free) => [free, heard]),
      );

      const ringwire = await run('ringwire', where, numbers);
      for (const { scarce, afterwards } of ringwire.results) {
        expect(scarce.heard).toEqual(heard);
        expect(afterwards).toEqual({ heard, path: 'ring' });
      }
      const paths = ringwire.results.map(({ scarce }) => scarce.path);
      expect(paths).toHaveLength(numbers.length);
      expect([paths.at(0), paths.at(-1)]).toEqual(['ring', 'stock']);
      expect(ringwire.said).toEqual([expect.stringContaining('EMFILE')]);
    },
  );
});
