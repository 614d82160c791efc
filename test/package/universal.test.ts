import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { prebuiltFile, targets } from '../../scripts/prebuilds/targets.ts';

const tools = inject('tools');
const addon = 'node_modules/ringwire/prebuilds/darwin-x64+arm64/ringwire.node';
const source = join(inject('installed'), addon);
const hasAddon = targets.map(prebuiltFile).some((file) => addon.endsWith(file));

/** @electron/universal 2 asks the system's `file` what a file is. */
const { failed: noFile } = await execa('file', ['--version'], { reject: false });

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-universal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Made {
  readonly failed: boolean;
  readonly said: string;
  /** Below the application's resources, without directories. */
  readonly files: readonly string[];
  readonly resources: string;
}

const plist =
  '<plist version="1.0"><dict><key>CFBundleName</key><string>App</string></dict></plist>';

/** As a packager makes it for one processor; with code of its own for it, if asked. */
async function applicationFor(
  arch: string,
  how: string,
  differs: boolean,
  library: Buffer,
): Promise<string> {
  const place = await mkdtemp(join(folder, `${arch}-`));
  const [home, app] = [join(place, 'home'), join(place, 'App.app')];
  const resources = join(app, 'Contents/Resources');
  await mkdir(join(resources, 'app'), { recursive: true });
  await writeFile(join(app, 'Contents/Info.plist'), plist);
  const ringwire = 'node_modules/ringwire';
  await cp(join(inject('installed'), ringwire), join(home, ringwire), { recursive: true });
  await writeFile(join(home, 'package.json'), '{ "name": "app", "main": "main.js" }');
  await writeFile(join(home, 'main.js'), differs ? `// for ${arch}` : '');
  await writeFile(join(home, addon), library);
  if (how === 'folder') {
    await cp(home, join(resources, 'app'), { recursive: true });
    return app;
  }
  await rm(join(resources, 'app'), { recursive: true });
  const args = ['package-app.mjs', 'asar-unpacked', home, resources, ''];
  await execa(process.execPath, args, { cwd: tools, stdin: 'ignore' });
  return app;
}

async function universal(how: string, differs: boolean, library: Buffer): Promise<Made> {
  const x64 = await applicationFor('x64', how, differs, library);
  const arm64 = await applicationFor('arm64', how, differs, library);
  const out = join(await mkdtemp(join(folder, 'out-')), 'App.app');
  const { failed, all } = await execa(process.execPath, ['universal.mjs', how, x64, arm64, out], {
    cwd: tools,
    stdin: 'ignore',
    reject: false,
    all: true,
  });
  const resources = join(out, 'Contents/Resources');
  const found = failed ? [] : await readdir(resources, { recursive: true, withFileTypes: true });
  const files = found
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(resources.length + 1));
  return { failed, said: all, files, resources };
}

/** The part of a library for several processors that is for the first of them. */
function firstSlice(fat: Buffer): Buffer {
  const [offset, length] = [fat.readUInt32BE(16), fat.readUInt32BE(20)];
  return fat.subarray(offset, offset + length);
}

describe.skipIf(noFile || !hasAddon)('an application for both processors of a Mac', () => {
  it.each([
    ['archives that are the same', 'asar', false, ['app.asar.unpacked']],
    ['archives of their own', 'asar', true, ['app-arm64.asar.unpacked', 'app-x64.asar.unpacked']],
    ['archives that are merged', 'merged', false, ['app.asar.unpacked']],
    ['folders that are the same', 'folder', false, ['app']],
  ])('of %s has the one addon, without lipo and without a rule', async (...kind) => {
    const [, how, differs, places] = kind;
    const library = await readFile(source);
    const { said, files, resources } = await universal(how, differs, library);
    expect(said).toBe('');
    const addons = files.filter((file) => file.endsWith(addon)).sort();
    expect(addons).toEqual(places.map((place) => join(place, addon)));
    for (const file of addons) {
      expect(library.equals(await readFile(join(resources, file)))).toBe(true);
    }
  });

  it('would need a rule if the addon were for one processor', async () => {
    const { failed, said } = await universal('asar', false, firstSlice(await readFile(source)));
    expect(failed).toBe(true);
    expect(said).toMatch(/ringwire\.node".*same in both.*x64ArchFiles/);
  });
});
