/**
 * The application folder in which the flows run, below build/: the libraries as npm installs
 * them for any application, the flows as they are in flows/, and next to them what is compiled.
 */
import { cp, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'tsdown';
import { installCopy } from '../../scripts/npm-ci.ts';
import { root } from '../../scripts/run.ts';
import { flows } from './catalogue.ts';

const source: string = join(root, 'test/libraries');

/** Where Electron finds the application: a folder with a package.json. */
export const application: string = join(root, 'build/libraries');

/** Installs what is not yet installed, and compiles the rest anew. */
export async function prepareApplication(): Promise<void> {
  await install();
  await rm(join(application, 'flows'), { recursive: true, force: true });
  await cp(join(source, 'flows'), join(application, 'flows'), { recursive: true });
  await compile();
}

/** The libraries, and ringwire as npm links a package that is not published yet. */
async function install(): Promise<void> {
  await installCopy(source, application);
  const link = join(application, 'node_modules/ringwire');
  await rm(link, { force: true });
  await symlink(root, link, 'junction');
}

/** The harness for main and for renderers with Node; pages without Node as one script each. */
async function compile(): Promise<void> {
  const dist = { outDir: join(application, 'dist'), dts: false, logLevel: 'warn' } as const;
  await build({
    ...dist,
    config: false,
    cwd: root,
    entry: ['test/libraries/harness/app.ts', 'test/libraries/harness/journal.ts'],
    format: 'cjs',
    platform: 'node',
    target: 'node18',
    deps: { neverBundle: [/^electron/, /^ringwire/] },
    fixedExtension: true,
  });
  for (const { folder, bundled } of flows) {
    if (!bundled) continue;
    await build({
      ...dist,
      config: false,
      cwd: application,
      entry: { [folder]: `flows/${folder}/page.mjs` },
      format: 'iife',
      platform: 'browser',
      target: 'chrome114',
      deps: { alwaysBundle: [/./], onlyBundle: false },
      env: { NODE_ENV: 'production' },
      clean: false,
    });
  }
}
