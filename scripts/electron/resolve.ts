/**
 * Finds an Electron to run, without ever downloading one (`npm run setup` does that).
 *
 * ```ts
 * const electron = await resolveElectron();
 * console.log(describeElectron(electron)); // Electron 33.2.1 (Chromium 130…, Node 20.18.1), fetched: /…/electron
 * const run = await launchElectron({ electron, appPath: 'path/to/app' }); // launch.ts
 * ```
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExecaError, execa } from 'execa';
import { chromeVersion } from './chrome-version.ts';
import { SetupError } from './errors.ts';
import { runtimeFolder, runtimes, runtimesSupported, selectRuntimes } from './runtimes.ts';

/** Where it was found, in the order of the search. */
export type ElectronSource = 'override' | 'selected' | 'installed' | 'fetched';

/** Selects a fetched version, such as `27.3.10`, for tests and benchmarks. */
export const versionVariable = 'RINGWIRE_ELECTRON';

export interface ResolvedElectron {
  /** The executable. */
  readonly path: string;
  /** Electron's own version, as the executable itself reports it. */
  readonly version: string;
  /** Chromium's version, or `unknown`. */
  readonly chrome: string;
  readonly node: string;
  readonly source: ElectronSource;
}

/**
 * Executables that exist on disk, best first.
 *
 * @throws SetupError `ERR_SETUP_VERSION` when a version is selected that no package contains
 */
export function electronCandidates(
  env: Readonly<Record<string, string | undefined>> = process.env,
): { path: string; source: ElectronSource }[] {
  const found: { path: string; source: ElectronSource }[] = [];
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) found.push({ path: join(override, executableName()), source: 'override' });
  const selected = env[versionVariable];
  for (const runtime of selected ? selectRuntimes(selected) : []) {
    found.push({ path: join(runtimeFolder(runtime), 'electron'), source: 'selected' });
  }
  const installed = installedElectron();
  if (installed !== undefined) found.push({ path: installed, source: 'installed' });
  for (const runtime of runtimesSupported() ? runtimes : []) {
    found.push({ path: join(runtimeFolder(runtime), 'electron'), source: 'fetched' });
  }
  // If one that was asked for is missing, that is an error: no other one is taken.
  const asked: readonly ElectronSource[] = ['override', 'selected'];
  return found.filter(({ path, source }) => asked.includes(source) || existsSync(path));
}

/** @param env - added to the environment */
export async function resolveElectron(
  env: Readonly<Record<string, string>> = {},
): Promise<ResolvedElectron> {
  const [first] = electronCandidates({ ...process.env, ...env });
  if (first === undefined) {
    throw new SetupError('ERR_ELECTRON_NOT_FOUND', 'No Electron on this machine: npm run setup');
  }
  if (!existsSync(first.path)) {
    throw new SetupError(
      'ERR_ELECTRON_NOT_FOUND',
      `${first.source === 'override' ? 'ELECTRON_OVERRIDE_DIST_PATH' : versionVariable} is set, but there is no ${first.path}`,
    );
  }
  return { ...first, ...(await readVersions(first.path)) };
}

/** One line for logs, reports and tables. */
export function describeElectron(electron: ResolvedElectron): string {
  const { version, chrome, node, source, path } = electron;
  return `Electron ${version} (Chromium ${chrome}, Node ${node}), ${source}: ${path}`;
}

async function readVersions(
  path: string,
): Promise<Pick<ResolvedElectron, 'version' | 'chrome' | 'node'>> {
  try {
    const { stdout } = await execa(path, ['-p', 'JSON.stringify(process.versions)'], {
      env: { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
      timeout: 60_000,
    });
    const versions = JSON.parse(stdout) as Record<'electron' | 'node', string>;
    const chrome = await chromeVersion(path);
    return { version: versions.electron, chrome, node: versions.node };
  } catch (error) {
    const text = error instanceof ExecaError ? String(error.stderr || error.message) : `${error}`;
    const advice = text.includes('shared libraries') ? ' (npm run setup installs them)' : '';
    throw new SetupError('ERR_ELECTRON_BROKEN', `${path} does not start: ${text}${advice}`, {
      cause: error,
    });
  }
}

/** Never requires the package: it would try to download its binary. */
function installedElectron(): string | undefined {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (true) {
    const place = join(folder, 'node_modules/electron');
    if (existsSync(join(place, 'package.json'))) {
      const pathFile = join(place, 'path.txt');
      const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : executableName();
      return join(place, 'dist', name);
    }
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}

function executableName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}
