import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { RingwireError } from '../core/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The Electron of the application in this folder. `ELECTRON_OVERRIDE_DIST_PATH` names a folder with
 * another one, as it does for Electron's own package. `RINGWIRE_ELECTRON` names an executable; or a
 * version that `npm run setup` of this repository has fetched.
 *
 * @throws RingwireError `ERR_RINGWIRE_NO_ELECTRON`
 */
export function findElectron(folder: string, env: Environment): string {
  const { ELECTRON_OVERRIDE_DIST_PATH: dist, RINGWIRE_ELECTRON: named } = env;
  if (dist)
    return existing(join(resolve(folder, dist), executable()), 'ELECTRON_OVERRIDE_DIST_PATH');
  if (named) return existing(resolve(folder, executableOf(named, env)), 'RINGWIRE_ELECTRON');
  return installed(folder);
}

function executableOf(named: string, env: Environment): string {
  if (!/^\d+\.\d+\.\d+$/.test(named)) return named;
  const cache = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(
    cache,
    'ringwire',
    `electron-${named}-${process.platform}-${process.arch}`,
    executable(),
  );
}

/** The package is not required: that may start a download. */
function installed(folder: string): string {
  let place: string;
  try {
    place = dirname(createRequire(join(folder, 'package.json')).resolve('electron'));
  } catch {
    return missing(`no package 'electron' is installed in ${folder} or above it`);
  }
  const pathFile = join(place, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : executable();
  const path = join(place, 'dist', name);
  if (existsSync(path)) return path;
  return missing(`${place} has not downloaded its Electron: there is no ${path}`);
}

function existing(path: string, variable: string): string {
  if (isAbsolute(path) && existsSync(path)) return path;
  return missing(`${variable} is set, but there is no ${path}`);
}

function missing(detail: string): never {
  throw new RingwireError('ERR_RINGWIRE_NO_ELECTRON', { detail });
}

function executable(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}
