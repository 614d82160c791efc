import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { SetupError } from './errors.ts';

interface Group {
  readonly why: string;
  /** Without a required group the set-up fails; the others only cost the checks they are for. */
  readonly required: boolean;
  readonly packages: readonly string[];
}

/** Every Debian package that the project uses, by what it is for. */
export const groups: readonly Group[] = [
  {
    why: 'to run Electron, with a display of its own where there is none, and to press its buttons',
    required: true,
    packages: [
      'unzip',
      'xvfb',
      'xauth',
      'xdotool',
      'libnss3',
      'libatk1.0-0',
      'libatk-bridge2.0-0',
      'libcups2',
      'libdrm2',
      'libgtk-3-0',
      'libgbm1',
      'libasound2',
    ],
  },
  {
    why: 'to build the addon and its C++ tests',
    required: true,
    packages: ['cmake', 'g++', 'make', 'python3', 'doctest-dev'],
  },
  {
    why: 'to check the C++ code: format, lint, sanitizers, fuzzing',
    required: false,
    packages: ['clang-19', 'libclang-rt-19-dev', 'clang-format-19', 'clang-tidy-19'],
  },
  {
    why: 'to test how applications for macOS are packaged',
    required: false,
    packages: ['file'],
  },
  {
    why: 'to check the models of the protocols between two processes',
    required: false,
    packages: ['spin'],
  },
  {
    why: 'to test the addon for arm64 and for musl',
    required: false,
    packages: ['qemu-user-static', 'libc6-arm64-cross', 'libstdc++6-arm64-cross', 'musl'],
  },
  {
    why: 'to test the addon for Windows',
    required: false,
    packages: ['wine64'],
  },
];

interface Missing extends Group {
  readonly missing: readonly string[];
}

/**
 * Installs what is missing when it may (root on a Debian); otherwise says one command for all of it.
 *
 * @throws {@link SetupError} `ERR_SETUP_PACKAGES` when a required package is missing and could not be
 *   installed
 */
export async function installSystemPackages(say: (line: string) => void): Promise<void> {
  if (process.platform !== 'linux') return;
  if (!existsSync('/usr/bin/apt-get')) {
    say(
      'not a Debian: install by hand what Electron and the build need (docs/electron-for-tests.md)',
    );
    return;
  }
  const all = await Promise.all(
    groups.map(async (group) => ({ ...group, missing: await missingOf(group.packages) })),
  );
  const lacking = all.filter(({ missing }) => missing.length > 0);
  if (lacking.length === 0) return;
  const failed = process.getuid?.() === 0 ? await installAll(lacking, say) : lacking;
  if (failed.length > 0) await report(failed, say);
}

/** Group by group, so that one without a package here does not hinder the others. Returns what failed. */
async function installAll(
  lacking: readonly Missing[],
  say: (line: string) => void,
): Promise<Missing[]> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execa('apt-get', ['update', '-q'], { env, reject: false });
  const failed: Missing[] = [];
  for (const group of lacking) {
    say(reasonOf(group));
    const args = ['-y', '-q', '--no-install-recommends', ...(await namesHere(group.missing))];
    try {
      await execa('apt-get', ['install', ...args], { env, all: true });
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
      failed.push(group);
    }
  }
  return failed;
}

async function report(lacking: readonly Missing[], say: (line: string) => void): Promise<void> {
  const names = await namesHere(lacking.flatMap(({ missing }) => missing));
  const command = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  const message = [
    ...lacking.map((group) => `${reasonOf(group)}${group.required ? '' : ' (optional)'}`),
    `Install them with\n  sudo apt-get update && sudo ${command}\n`,
  ].join('\n');
  if (lacking.some(({ required }) => required)) {
    throw new SetupError('ERR_SETUP_PACKAGES', message);
  }
  say(`warning: ${message}`);
}

function reasonOf({ why, missing }: Missing): string {
  return `Missing ${why}: ${missing.join(' ')}`;
}

async function missingOf(packages: readonly string[]): Promise<string[]> {
  const names = packages.flatMap((name) => [name, `${name}t64`]);
  const { stdout } = await execa(
    'dpkg-query',
    ['-W', '-f', `\${Package} \${db:Status-Abbrev}\n`, ...names],
    { reject: false },
  );
  const installed = new Set(
    stdout
      .split('\n')
      .map((line) => line.trim().split(' '))
      .filter(([, status]) => status === 'ii')
      .map(([name]) => name),
  );
  return packages.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
}

/** Since Debian 13 and Ubuntu 24.04 some libraries have another name (64-bit time). */
async function namesHere(packages: readonly string[]): Promise<string[]> {
  return Promise.all(
    packages.map(async (name) => {
      const { exitCode } = await execa('apt-cache', ['show', `${name}t64`], { reject: false });
      return exitCode === 0 ? `${name}t64` : name;
    }),
  );
}
