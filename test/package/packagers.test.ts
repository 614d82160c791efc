import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { prebuiltFile, targets } from '../../scripts/prebuilds/targets.ts';
import { type Application, linesOf, makeApplication } from './application.ts';
import { electron } from './electron.ts';
import { onRing } from './expected-paths.ts';

const installed = inject('installed');
const tools = inject('tools');

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

describe.runIf(electron)('an application', () => {
  test('in an archive with its addon: a ring, and one line that says what that costs', async () => {
    const out = await packaged('asar');
    const [line, ...rest] = await linesOf(join(out, 'app.asar'), join(out, 'user-data'));
    expect(line).toMatch(/^ringwire: its addon is inside of .*app\.asar.*Keep \*\.node files out/);
    expect(rest).toEqual(onRing);
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
      targets.map(prebuiltFile).sort(),
    );
    const lines = await linesOf('.', join(out, 'user-data'), join(home, 'shipped'));
    expect(lines).toEqual(onRing);
  });
});
