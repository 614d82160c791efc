import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  askForExperimental,
  checkExperimental,
  experimental,
  experimentalEnvironment,
  experimentalObjection,
} from '../../lib/core/experimental.ts';
import { loadNative } from '../../lib/core/load-native.ts';
import { passFor } from '../helpers/platform.ts';

beforeEach(() => vi.stubEnv('RINGWIRE_EXPERIMENTAL', undefined));
afterEach(() => {
  vi.unstubAllEnvs();
  Reflect.deleteProperty(globalThis, Symbol.for('ringwire.experimental'));
});

const systems = ['linux', 'darwin', 'win32', 'freebsd'].flatMap((platform) =>
  ['x64', 'arm64', 'ia32'].map((arch) => [platform, arch] as const),
);

/** Of all systems. */
function experimentalOnes(electron?: string): string[] {
  return systems.flatMap(([platform, arch]) => {
    passFor(platform, arch, electron);
    return experimental()?.where ?? [];
  });
}

it('in plain Node macOS and Windows on arm64 are experimental', () => {
  expect(experimentalOnes()).toEqual([
    'darwin-x64 in Node',
    'darwin-arm64 in Node',
    'win32-arm64 in Node',
  ]);
});

it('in Electron macOS and Windows are experimental, and Linux is not', () => {
  expect(experimentalOnes('33.2.1')).toEqual([
    'darwin-x64 in Electron',
    'darwin-arm64 in Electron',
    'win32-x64 in Electron',
    'win32-arm64 in Electron',
  ]);
});

describe('on an experimental platform', () => {
  it('the addon is not loaded: an error that names the platform and what switches it on', () => {
    passFor('darwin', 'arm64');
    expect(() => loadNative()).toThrow(
      expect.objectContaining({
        code: 'ERR_RINGWIRE_UNSUPPORTED',
        message: expect.stringMatching(/darwin-arm64 in Node.*RINGWIRE_EXPERIMENTAL=1/),
      }),
    );
  });

  it('the environment switches it on, with 1 alone', () => {
    passFor('win32', 'x64', '33.2.1');
    for (const value of ['', '0', 'true']) {
      vi.stubEnv('RINGWIRE_EXPERIMENTAL', value);
      expect(experimentalObjection()).toContain('win32-x64 in Electron is experimental');
    }
    vi.stubEnv('RINGWIRE_EXPERIMENTAL', '1');
    expect(experimental()).toEqual({ where: 'win32-x64 in Electron', on: true });
    expect(experimentalObjection()).toBeUndefined();
    expect(() => checkExperimental()).not.toThrow();
  });

  it('one call switches it on for every copy of ringwire, and for the processes it forks', async () => {
    passFor('darwin', 'x64', '33.2.1');
    expect(experimentalEnvironment()).toEqual({});
    askForExperimental();
    vi.resetModules();
    const copy = await import('../../lib/core/experimental.ts');
    expect(copy.experimental).not.toBe(experimental);
    expect(copy.experimentalObjection()).toBeUndefined();
    expect(copy.experimentalEnvironment()).toEqual({ RINGWIRE_EXPERIMENTAL: '1' });
  });
});

it('a platform without an addon is not experimental: nothing switches it on', () => {
  for (const platform of ['freebsd', 'linux']) {
    passFor(platform, 'ia32', '33.2.1');
    vi.stubEnv('RINGWIRE_EXPERIMENTAL', '1');
    expect(experimental()).toBeUndefined();
    expect(experimentalObjection()).toBeUndefined();
  }
});
