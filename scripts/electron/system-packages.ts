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
    why: 'to check the models of the protocols between two processes',
    required: false,
    packages: ['spin'],
  },
];

/**
 * Installs what is missing when it may (root on a Debian); otherwise says the command. Throws
 * when a required package is missing and could not be installed.
 */
export async function installSystemPackages(say: (line: string) => void): Promise<void> {
  if (process.platform !== 'linux') return;
  if (!existsSync('/usr/bin/apt-get')) {
    say(
      'not a Debian: install by hand what Electron and the build need (docs/electron-for-tests.md)',
    );
    return;
  }
  for (const group of groups) {
    const missing = await missingOf(group.packages);
    if (missing.length > 0) await installGroup(group, missing, say);
  }
}

async function installGroup(
  group: Group,
  missing: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const reason = `Missing ${group.why}: ${missing.join(' ')}`;
  const fail = (message: string, cause?: unknown): void => {
    if (group.required) throw new SetupError('ERR_SETUP_PACKAGES', message, { cause });
    say(`warning: ${message}`);
  };
  if (process.getuid?.() !== 0) {
    fail(`${reason}\nInstall them with\n  sudo apt-get update && sudo ${command}\n`);
    return;
  }
  say(reason);
  try {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await execa('apt-get', ['update', '-q'], { env, all: true });
    const names = await Promise.all(missing.map(nameHere));
    say(command);
    await execa('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], {
      env,
      all: true,
    });
  } catch (error) {
    fail(`${command} failed: ${error instanceof Error ? error.message : error}`, error);
  }
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
async function nameHere(name: string): Promise<string> {
  const { exitCode } = await execa('apt-cache', ['show', `${name}t64`], { reject: false });
  return exitCode === 0 ? `${name}t64` : name;
}
