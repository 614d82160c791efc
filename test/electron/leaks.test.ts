import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchElectron } from '../../scripts/electron/launch.ts';
import type { Holdings, LeakResult } from './fixtures/leaks.ts';
import { compiledFile } from './harness/runner/catalogue.ts';
import { resultsIn } from './harness/runner/printed.ts';

/** `LEAK_ROUNDS=1000` for a close look, which takes a quarter of an hour. */
const rounds = Number(process.env.LEAK_ROUNDS ?? 20);
const electron = inject('electron');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-leaks-'));
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

/** What may stay of each round, beyond what stays on stock: less than what one link has. */
const allowance: Readonly<Holdings> = {
  descriptors: 0.5,
  threads: 0.5,
  mappings: 1,
  external: 32_000,
  heap: 32_000,
  resident: 200_000,
};

async function run(mode: 'stock' | 'ringwire'): Promise<LeakResult[]> {
  const electronRun = await launchElectron({
    electron,
    appPath: compiledFile(new URL('./fixtures/leaks.ts', import.meta.url)),
    args: [await mkdtemp(join(folder, 'run-')), String(rounds)],
    switches: ['--js-flags=--expose-gc'],
    env: { RINGWIRE: mode === 'stock' ? 'off' : undefined },
    timeout: 200_000 + 5000 * rounds,
  });
  const { output, timedOut } = await electronRun.exited;
  if (timedOut) throw new Error(`it hangs:\n${output}`);
  const results = resultsIn<LeakResult>(output);
  if (process.env.LEAK_ROUNDS) print(mode, results);
  return results;
}

function growth({ before, after }: LeakResult): Holdings {
  const entries = Object.entries(before) as [keyof Holdings, number][];
  return Object.fromEntries(entries.map(([key, was]) => [key, after[key] - was])) as {
    [key in keyof Holdings]: number;
  };
}

function print(mode: string, results: readonly LeakResult[]): void {
  console.log(`${rounds} rounds on ${mode}: what grew`);
  console.table(
    Object.fromEntries(results.map((one) => [one.kind, { ...growth(one), alive: one.alive }])),
  );
}

// It counts what /proc says.
describe.runIf(process.platform === 'linux')(
  'windows, documents and sub-frames that are gone',
  () => {
    test('leave nothing in main', { timeout: 600_000 + 10_000 * rounds }, async () => {
      const stock = await run('stock');
      const ringwire = await run('ringwire');
      expect(ringwire.map(({ kind }) => kind)).toEqual([
        'windows',
        'reloads',
        'sub-frames',
        'sandboxed windows',
        'sandboxed reloads',
        'sandboxed sub-frames',
      ]);
      for (const [index, result] of ringwire.entries()) {
        const ours = growth(result);
        const theirs = growth(stock[index] as LeakResult);
        expect(result.alive, result.kind).toBe(0);
        for (const key of Object.keys(allowance) as (keyof Holdings)[]) {
          const more = ours[key] - Math.max(0, theirs[key]);
          expect(more, `${result.kind}: ${key}`).toBeLessThan(allowance[key] * rounds);
        }
      }
    });
  },
);
