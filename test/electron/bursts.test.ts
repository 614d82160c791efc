import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchElectron } from '../../scripts/electron/launch.ts';
import { compiledFile } from './harness/runner/catalogue.ts';

const electron = inject('electron');
const burst = 2000;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-bursts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

test('a burst to a sandboxed window leaves in batches', async () => {
  const run = await launchElectron({
    electron,
    appPath: compiledFile(new URL('./fixtures/bursts.ts', import.meta.url)),
    args: [folder, String(burst)],
    timeout: 50_000,
  });
  const { output } = await run.exited;
  const line = output.split('\n').find((text) => text.startsWith('result '));
  expect(line, output).toBeDefined();
  const { heard, inOrder, sent } = JSON.parse((line as string).slice(7));
  expect({ heard, inOrder }).toEqual({ heard: burst, inOrder: true });
  // The first few leave alone, also after each pause of a millisecond in the middle.
  expect(sent).toBeLessThan(burst / 10);
});
