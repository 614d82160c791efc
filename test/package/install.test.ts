import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

let folder: string;
let ringwire: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-install-'));
  await cp(inject('installed'), folder, { recursive: true });
  ringwire = join(folder, 'node_modules/ringwire');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function loads(): Promise<boolean> {
  const script = `require('node-gyp-build')(${JSON.stringify(ringwire)})`;
  const { exitCode } = await execa(process.execPath, ['-e', script], {
    cwd: ringwire,
    reject: false,
  });
  return exitCode === 0;
}

/** Runs the install script with a node-gyp that reports its call and fails. */
async function install(
  env: Record<string, string> = {},
  before = '',
): Promise<{ exitCode: number | undefined; all: string }> {
  const gyp = join(folder, 'failing-node-gyp.cjs');
  await writeFile(gyp, "console.log('node-gyp was called'); process.exit(1);\n");
  const script = `${before}require('./scripts/install.cjs')`;
  const { exitCode, all } = await execa(process.execPath, ['-e', script], {
    cwd: ringwire,
    env: { npm_config_node_gyp: gyp, ...env },
    reject: false,
    all: true,
  });
  return { exitCode, all };
}

it('keeps a prebuilt addon that loads', async () => {
  expect(await install()).toEqual({ exitCode: 0, all: '' });
});

it('compiles when the user asks for it, although a prebuilt addon loads', async () => {
  const { all } = await install({ npm_config_build_from_source: 'true' });
  expect(all).toContain('node-gyp was called');
});

it('installs without an addon, and says what that means, when none can be compiled', async () => {
  await rm(join(ringwire, 'prebuilds'), { recursive: true });
  const { exitCode, all } = await install();
  expect(exitCode).toBe(0);
  expect(all).toContain('node-gyp was called');
  expect(all).toMatch(/ringwire: no native addon .*stay on Electron's own IPC/);
});

it('fails when RINGWIRE_REQUIRE_NATIVE=1 and no addon can be compiled', async () => {
  const { exitCode, all } = await install({ RINGWIRE_REQUIRE_NATIVE: '1' });
  expect(exitCode).toBe(1);
  expect(all).toContain('RINGWIRE_REQUIRE_NATIVE=1 makes this an error');
});

it('tries no compiler on a platform that has no native code yet', async () => {
  const before = `Object.defineProperty(process, 'platform', { value: 'win32' });`;
  const { exitCode, all } = await install({}, before);
  expect(exitCode).toBe(0);
  expect(all).not.toContain('node-gyp was called');
  expect(all).toContain('win32-x64 is not supported yet');
});

it('npm compiles an addon where no prebuilt one fits', async () => {
  expect(await loads()).toBe(false);
  await execa('npm', ['rebuild', 'ringwire'], {
    cwd: folder,
    env: { RINGWIRE_REQUIRE_NATIVE: '1' },
  });
  expect(await loads()).toBe(true);
});
