/** The application in application/, in a folder of its own, as a user has it on disk. */
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchElectron } from '../../scripts/electron/launch.ts';

/** Resolved from here; nothing above it is ringwire's. */
export interface Application {
  readonly folder: string;
  /** Where its dependencies are. */
  readonly nodeModules: string;
}

/** @param installed a folder in which the tarball was installed */
export async function makeApplication(parent: string, installed: string): Promise<Application> {
  const folder = await mkdtemp(join(parent, 'application-'));
  await cp(join(import.meta.dirname, 'application'), folder, { recursive: true });
  const nodeModules = join(folder, 'node_modules');
  await cp(join(installed, 'node_modules/ringwire'), join(nodeModules, 'ringwire'), {
    recursive: true,
  });
  return { folder, nodeModules };
}

/** What an application may have under the names of ringwire's own files. */
export async function addNamesakes({ folder }: Application): Promise<void> {
  await mkdir(join(folder, 'dist'), { recursive: true });
  const stranger = "require('electron').ipcRenderer.send('stranger');";
  await writeFile(join(folder, 'dist/preload.cjs'), stranger);
  await mkdir(join(folder, 'build/Release'), { recursive: true });
  await cp(process.execPath, join(folder, 'build/Release/own.node'));
}

/**
 * Starts what `appPath` is for Electron, and returns the lines that the application or ringwire wrote.
 *
 * @param program the executable of a packaged application, in place of Electron's
 */
export async function linesOf(
  appPath: string,
  userData: string,
  program?: string,
): Promise<string[]> {
  const run = await launchElectron({
    appPath,
    switches: [`--user-data-dir=${userData}`],
    timeout: 50_000,
    ...(program === undefined ? {} : { program }),
  });
  const { output, timedOut } = await run.exited;
  if (timedOut) throw new Error(`it does not end:\n${output}`);
  const lines = output.split('\n').filter((line) => /^(ringwire: |path |a stranger)/.test(line));
  if (lines.length === 0) throw new Error(`it said nothing:\n${output}`);
  return lines;
}
