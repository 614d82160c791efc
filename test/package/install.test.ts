import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { libcName } from '../../lib/core/elf.ts';
import { newerLibrary, otherLibrary } from './broken.ts';

const installed = inject('installed');
const tools = inject('tools');
const megabyte = 2 ** 20;

const libc = libcName() ?? '';
const refusal = /^ERR_RINGWIRE_UNSUPPORTED The native addon cannot run here/;

/** Runs a script of the shell as root of file systems of its own, if the system allows it. */
const namespace = ['unshare', '-Urm', 'sh', '-c'];
const { failed: noNamespace } = await execa(
  'unshare',
  ['-Urm', 'mount', '-t', 'tmpfs', 'none', tmpdir()],
  {
    reject: false,
  },
);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-install-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A copy of the folder in which the tarball was installed. */
async function copyOfInstalled(): Promise<string> {
  const copy = await mkdtemp(join(folder, 'copy-'));
  await cp(installed, copy, { recursive: true });
  return copy;
}

describe('the installed package', () => {
  it('has no dependency, so that nothing else is installed', async () => {
    const names = await readdir(join(installed, 'node_modules'));
    expect(names.filter((name) => !name.startsWith('.'))).toEqual(['ringwire']);
  });

  it('runs no script when it is installed', async () => {
    const text = await readFile(join(installed, 'node_modules/ringwire/package.json'), 'utf8');
    const { scripts = {}, gypfile } = JSON.parse(text);
    const onInstall = ['preinstall', 'install', 'postinstall', 'prepare'];
    expect(Object.keys(scripts).filter((name) => onInstall.includes(name))).toEqual([]);
    expect(gypfile).toBe(false);
  });

  it('takes at most 1 MB beside the prebuilt addons', async () => {
    const root = join(installed, 'node_modules/ringwire');
    const files = await readdir(root, { recursive: true, withFileTypes: true });
    const sizes = files
      .filter((file) => file.isFile() && !file.parentPath.startsWith(join(root, 'prebuilds')))
      .map((file) => stat(join(file.parentPath, file.name)));
    const bytes = (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(megabyte);
  });
});

/** Whether it is loaded where the package lies; and what is said if it is not. */
async function listening(home: string, starter: readonly string[] = []): Promise<string> {
  const script = `require('ringwire').listen('ringwire/test/' + process.pid).then(
    (server) => (server.close(), console.log('listens')),
    (error) => console.log(error.code, error.message));`;
  const [program = '', ...args] = [...starter, process.execPath, '-e', script];
  const { stdout } = await execa(program, args, { cwd: home });
  return stdout;
}

describe('an addon that does not fit', () => {
  const here = `${process.platform}-${process.arch}`;
  const fileOf = (home: string, target: string, libc: string): string =>
    join(home, 'node_modules/ringwire/prebuilds', target, `ringwire.${libc}.node`);

  const addonOf = (home: string): string => fileOf(home, here, libc);

  it('fits before it was changed', async () => {
    expect(await listening(installed)).toBe('listens');
  });

  it.each([
    ['is empty', () => Buffer.alloc(0), /too short/],
    ['is none', () => Buffer.from('not a library'), /./],
    [
      'lost its last byte',
      (addon: Buffer) => addon.subarray(0, -1),
      /a part of the file is missing/,
    ],
    [
      'was cut off',
      (addon: Buffer) => addon.subarray(0, addon.length / 2),
      /a part of the file is missing/,
    ],
    ['needs a newer C library', newerLibrary, /GLIBC_9\.99|relocating/],
    ['needs a library that is not here', otherLibrary, /libz\.so\.6/],
  ])('%s: an error with the words of the loader', async (_title, change, words) => {
    const home = await copyOfInstalled();
    const addon = addonOf(home);
    await writeFile(addon, change(await readFile(addon)));
    const said = await listening(home);
    expect(said).toMatch(refusal);
    expect(said).toContain(addon);
    expect(said).toMatch(words);
  });

  it.each([
    ['for another processor', process.arch === 'arm64' ? 'linux-x64' : 'linux-arm64', libc],
    ['for another C library', here, libc === 'musl' ? 'glibc' : 'musl'],
  ])('is the one %s: an error with the words of the loader', async (_title, target, other) => {
    const home = await copyOfInstalled();
    const addon = addonOf(home);
    await cp(fileOf(home, target, other), addon);
    const said = await listening(home);
    expect(said).toMatch(refusal);
    expect(said).toContain(addon);
  });

  it.skipIf(noNamespace)('lies where nothing may be executed: an error that says so', async () => {
    const home = await copyOfInstalled();
    const prebuilds = join(home, 'node_modules/ringwire/prebuilds');
    const aside = join(home, 'aside');
    await rename(prebuilds, aside);
    await mkdir(prebuilds);
    const mounted = `mount -t tmpfs -o noexec none ${prebuilds} && cp -r ${aside}/. ${prebuilds}`;
    const said = await listening(home, [...namespace, `${mounted} && exec "$@"`, 'sh']);
    expect(said).toMatch(refusal);
    expect(said).toMatch(/failed to map segment|Operation not permitted|Error loading/);
  });

  it('is missing for this system: an error that names system, processor and C library', async () => {
    const home = await copyOfInstalled();
    await rm(join(home, 'node_modules/ringwire/prebuilds', here), { recursive: true });
    const said = await listening(home);
    expect(said).toMatch(refusal);
    expect(said).toContain(`${here}-${libc}: No native build was found`);
  });
});

describe('@electron/rebuild', () => {
  /** What it would compile, but for the module named "other". */
  async function found(home: string, platform: string, arch: string): Promise<string[]> {
    const script = join(tools, 'rebuild.mjs');
    const args = [script, home, platform, arch, 'other'];
    const { stdout } = await execa(process.execPath, args, {
      // Neither a compiler nor a network.
      env: { PATH: '', npm_config_offline: 'true', HTTPS_PROXY: 'http://127.0.0.1:9' },
      extendEnv: false,
      cwd: tools,
      stdin: 'ignore',
    });
    return JSON.parse(stdout);
  }

  const machines = ['linux', 'darwin', 'win32'].flatMap((platform) =>
    ['x64', 'arm64'].map((arch) => [platform, arch] as const),
  );

  it.each(machines)('finds nothing to compile for %s %s', async (platform, arch) => {
    const home = await copyOfInstalled();
    const manifest = { private: true, dependencies: { ringwire: '*', other: '*' } };
    await writeFile(join(home, 'package.json'), JSON.stringify(manifest));
    // Another one that it does find, and is told to leave alone.
    const other = join(home, 'node_modules/other');
    await mkdir(other);
    await writeFile(join(other, 'package.json'), '{ "name": "other", "version": "1.0.0" }');
    await writeFile(join(other, 'binding.gyp'), '{}');
    expect(await found(home, platform, arch)).toEqual(['other']);
  });
});

describe.each([
  ['npm', ['install', '--foreground-scripts', '--no-audit', '--no-fund']],
  ['pnpm', ['install']],
  ['yarn', ['install', '--offline', '--non-interactive']],
])('%s', (manager, args) => {
  it('installs it without a script, a compiler or a warning', async () => {
    const home = await mkdtemp(join(folder, `${manager}-`));
    const dependencies = { ringwire: `file:${inject('tarball')}` };
    await writeFile(join(home, 'package.json'), JSON.stringify({ private: true, dependencies }));
    const program = join(tools, 'node_modules/.bin', manager);
    const { all } = await execa(manager === 'npm' ? 'npm' : program, args, {
      cwd: home,
      all: true,
      stdin: 'ignore',
      env: { npm_config_node_gyp: join(home, 'no-node-gyp.js'), CI: 'true' },
    });
    expect(all).not.toMatch(/gyp|build scripts|warn.*ringwire/i);
    expect(await listening(home)).toBe('listens');
  });
});
