import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { TestProject } from 'vitest/node';
import { root } from '../../scripts/run.ts';
import { installTools } from './tools.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The packed package, with prebuilds, as it would be published. */
    tarball: string;
    /** A folder outside of this repository in which only the tarball was installed. */
    installed: string;
    /** The folder of the bundlers and packagers. */
    tools: string;
  }
}

/** Once per run: compile the prebuilds, pack, install the tarball, and what users build with. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'ringwire-package-'));
  await execa('npm', ['run', 'prebuilds', '--', '--if-changed'], {
    cwd: root,
    env: { NODE_OPTIONS: '' },
  });
  await execa('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: root });
  const [tarball = ''] = (await readdir(folder)).map((name) => join(folder, name));
  const installed = join(folder, 'installed');
  await installTarball(tarball, installed);
  project.provide('tarball', tarball);
  project.provide('installed', installed);
  project.provide('tools', await installTools());
  return () => rm(folder, { recursive: true, force: true });
}

async function installTarball(tarball: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  await execa('npm', ['install', ...flags, tarball], { cwd: folder });
}
