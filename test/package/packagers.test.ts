import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { prebuiltFile, type Target, targets } from '../../scripts/prebuilds/targets.ts';
import { type Application, linesOf, makeApplication } from './application.ts';
import { newerLibrary, otherLibrary, otherProcessor } from './broken.ts';
import { electron } from './electron.ts';
import { onRing, onStock } from './expected-paths.ts';

const installed = inject('installed');
const tools = inject('tools');

const folderOf = (target: Target): string => basename(dirname(prebuiltFile(target)));

let folder: string;
let application: Application;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-packaged-'));
  application = await makeApplication(folder, installed);
  await execa(process.execPath, ['bundle/esbuild.mjs', application.folder, 'external'], {
    cwd: tools,
    stdin: 'ignore',
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Returns the folder with what was made. */
async function packaged(how: string): Promise<string> {
  const place = await mkdtemp(join(folder, `${how}-`));
  const [home, out] = [join(place, 'home'), join(place, 'out')];
  // Some write into it.
  await cp(application.folder, home, { recursive: true });
  await mkdir(out);
  const args = ['package-app.mjs', how, home, out, dirname(electron?.path ?? '')];
  // As on a machine without a compiler.
  const env = { npm_config_node_gyp: join(out, 'no-node-gyp.js'), NODE_OPTIONS: '' };
  await execa(process.execPath, args, { cwd: tools, stdin: 'ignore', env });
  return out;
}

/** What becomes of `listen` in an application in an archive, in a process that passes for one on that system. */
async function listening(archive: string, platform: string, arch: string): Promise<string> {
  const script = `
    const [archive, platform, arch] = process.argv.slice(1);
    for (const [name, value] of Object.entries({ platform, arch })) {
      Object.defineProperty(process, name, { value });
    }
    require(archive + '/node_modules/ringwire').listen('test/' + process.pid).then(
      (server) => (server.close(), console.log('listens')),
      (error) => console.log(error.message),
    );`;
  const { stdout } = await execa(electron?.path ?? '', ['-e', script, archive, platform, arch], {
    env: { ELECTRON_RUN_AS_NODE: '1', RINGWIRE_EXPERIMENTAL: '1', NODE_OPTIONS: '' },
  });
  return stdout;
}

describe.runIf(electron)('an application', () => {
  test('in an archive with its addon: a ring, and one line that says what that costs', async () => {
    const out = await packaged('asar');
    const [line, ...rest] = await linesOf(join(out, 'app.asar'), join(out, 'user-data'));
    expect(line).toMatch(/^ringwire: its addon is inside of .*app\.asar.*Keep \*\.node files out/);
    expect(rest).toEqual(onRing);
  });

  test.each([
    ['needs a newer C library', newerLibrary, /GLIBC_9\.99/],
    ['needs a library that is not here', otherLibrary, /libz\.so\.6/],
    ['is for another processor', otherProcessor, /ringwire\.glibc\.node/],
    ['was cut off', (addon: Buffer) => addon.subarray(0, -1), /a part of the file is missing/],
  ])(
    'whose addon %s: stock IPC, and one line with the words of the loader',
    async (_why, change, words) => {
      const home = await mkdtemp(join(folder, 'broken-'));
      await cp(application.folder, home, { recursive: true });
      const addon = join(home, 'node_modules/ringwire/prebuilds/linux-x64/ringwire.glibc.node');
      await writeFile(addon, change(await readFile(addon)));
      const [line, ...rest] = await linesOf(home, join(home, 'user-data'));
      expect(line).toMatch(
        /^ringwire: staying on Electron's own IPC\. The native addon cannot run here: linux-x64-glibc: /,
      );
      expect(line).toMatch(words);
      expect(rest).toEqual(onStock);
    },
  );

  test('in an archive beside its addon: the loader gets that of each system from beside it', async () => {
    const out = await packaged('asar-unpacked');
    const addons = 'node_modules/ringwire/prebuilds';
    const folders = await readdir(join(out, 'app.asar.unpacked', addons));
    expect(folders).toEqual(expect.arrayContaining(targets.map(folderOf)));
    for (const folder of folders) {
      const [platform = '', processors = ''] = folder.split('-');
      for (const arch of processors.split('+')) {
        const said = await listening(join(out, 'app.asar'), platform, arch);
        const file = join(out, 'app.asar.unpacked', addons, folder, 'ringwire.');
        const isHere = platform === process.platform && arch === process.arch;
        if (isHere) expect(said).toBe('listens');
        else expect(said).toContain(file);
      }
    }
  });

  test('in an archive beside its addon: a ring', async () => {
    const out = await packaged('asar-unpacked');
    const [addon] = await readdir(join(out, 'app.asar.unpacked'), { recursive: true });
    expect(addon).toBeDefined();
    expect(await linesOf(join(out, 'app.asar'), join(out, 'user-data'))).toEqual(onRing);
  });

  test.each([
    ['packager', 'shipped-linux-x64'],
    ['electron-builder', 'linux-unpacked'],
    ['electron-builder-fuses', 'linux-unpacked'],
  ])('packaged by %s: a ring, and the addon is unpacked', async (how, name) => {
    const out = await packaged(how);
    const home = join(out, name);
    const unpacked = await readdir(join(home, 'resources/app.asar.unpacked'), { recursive: true });
    const addons = unpacked.filter((file) => file.endsWith('.node'));
    expect(addons.map((file) => file.slice(file.indexOf('prebuilds'))).sort()).toEqual(
      [...new Set(targets.map(prebuiltFile))].sort(),
    );
    const lines = await linesOf('.', join(out, 'user-data'), join(home, 'shipped'));
    expect(lines).toEqual(onRing);
  });
});
