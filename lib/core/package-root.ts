import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { RingwireError } from './errors.ts';
import { version } from './version.ts';

let application: string | undefined;
let root: string | undefined;

/**
 * Names the folder of the application that runs: the place to look from when a bundler has left no
 * `__dirname`.
 */
export function setApplicationFolder(folder: string): void {
  application = folder;
}

/**
 * The folder of this package, which holds its addon and its preload script. In a bundle that is the
 * ringwire that is installed next to it, if it has the same version. Never a folder of somebody
 * else: what is in it is loaded into every window.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_BUNDLED` where there is none
 */
export function packageRoot(): string {
  root ??= findRoot();
  return root;
}

/** A file that was built from this package's sources. @throws as {@link packageRoot} */
export function builtFile(name: string): string {
  return join(packageRoot(), 'dist', name);
}

function findRoot(): string {
  // Some bundlers leave no `__dirname`, or one that is no folder. Where the process was started says
  // nothing: anybody may have put a ringwire there.
  const here = typeof __dirname === 'string' && isAbsolute(__dirname) ? __dirname : application;
  let other: string | undefined;
  for (const folder of here === undefined ? [] : upwards(here)) {
    for (const candidate of [folder, join(folder, 'node_modules/ringwire')]) {
      const found = versionIn(candidate);
      if (found === version) return candidate;
      other ??= found && `${candidate} has version ${found}`;
    }
  }
  throw new RingwireError('ERR_RINGWIRE_BUNDLED', {
    detail: `version ${version}, into ${here ?? 'a file without __dirname'}${other === undefined ? '' : `; ${other}`}`,
  });
}

function* upwards(start: string): Generator<string> {
  yield start;
  for (let folder = start; dirname(folder) !== folder; ) {
    folder = dirname(folder);
    yield folder;
  }
}

/** The version of ringwire whose folder this is. */
function versionIn(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  try {
    const { name, version: found } = JSON.parse(readFileSync(file, 'utf8')) as Record<
      string,
      unknown
    >;
    return name === 'ringwire' ? String(found) : undefined;
  } catch {
    return undefined;
  }
}
