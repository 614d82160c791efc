/**
 * The C++ tests. Three builds, because no sanitizer sees everything: plain, with AddressSanitizer and
 * UndefinedBehaviorSanitizer, with ThreadSanitizer. And if asked, builds for other systems, compiled and
 * run as scripts/native/cross.ts says. Each build ends with ctest's own line
 * `N% tests passed, N tests failed out of N`, which scripts/test.ts counts.
 *
 * ```sh
 * npx tsx scripts/native-test.ts                     # the three builds
 * npx tsx scripts/native-test.ts thread -R deadlock  # one build, and options of ctest
 * npx tsx scripts/native-test.ts linux-arm64-glibc   # for another processor
 * npx tsx scripts/native-test.ts win32-x64           # for Windows, under wine
 * ```
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type CrossBuild, crossBuilds, prepareCross, wineProgram } from './native/cross.ts';
import { root, run } from './run.ts';
import { prepareWine, wineEnvironment } from './wine.ts';

/** Folder under build/, and what CMake calls the sanitizers. */
const builds: Record<string, string> = {
  plain: '',
  address: 'address,undefined',
  thread: 'thread',
};

const args = process.argv.slice(2);
const first = args[0] ?? '';
const cross = crossBuilds[first];
const isBuild = cross !== undefined || first in builds;
const chosen = isBuild ? [first] : Object.keys(builds);
const options = isBuild ? args.slice(1) : args;
const jobs = String(availableParallelism());
const failed: string[] = [];

for (const name of chosen) {
  const folder = `build/native-${name}`;
  const configured = cross ? configureCross(folder, cross) : configure(folder, builds[name] ?? '');
  const ok = (await configured) && (await compile(folder));
  if (!ok || !(await test(folder))) failed.push(name);
}
const passed = chosen.length - failed.length;
console.log(
  `\nC++ tests: ${passed} of ${chosen.length} builds passed (${cross ? 'zig' : compiler()})`,
);
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}

async function configure(folder: string, sanitizers: string): Promise<boolean> {
  const { ok } = await run('cmake', [
    ...['-S', '.', '-B', folder, '--log-level=WARNING'],
    ...[`-DCMAKE_CXX_COMPILER=${compiler()}`, '-DCMAKE_BUILD_TYPE=RelWithDebInfo'],
    ...['-DRINGWIRE_TESTS=ON', `-DRINGWIRE_SANITIZE=${sanitizers}`],
  ]);
  return ok;
}

async function configureCross(folder: string, build: CrossBuild): Promise<boolean> {
  const { options: definitions, env } = await prepareCross(build);
  await prepareEmulator(build);
  const { ok } = await run(
    'cmake',
    ['-S', '.', '-B', folder, '--log-level=WARNING', '-DRINGWIRE_TESTS=ON', ...definitions],
    env,
  );
  return ok;
}

async function prepareEmulator(build: CrossBuild | undefined): Promise<void> {
  if (build?.emulator[0] === wineProgram) await prepareWine();
}

/** Asks the program for its tests at the end. */
async function compile(folder: string): Promise<boolean> {
  return (await run('cmake', ['--build', folder, '--parallel', jobs], wineEnvironment)).ok;
}

/** One test at a time, since races need both cores. Shows what failed, or ctest's summary. */
async function test(folder: string): Promise<boolean> {
  const log = join(root, folder, 'ctest.log');
  // While the tests were compiled, wine's server has ended.
  await prepareEmulator(cross);
  for (const { test, reason } of cross?.excluded ?? [])
    console.log(`NOT RUN: "${test}": ${reason}`);
  const { ok } = await run(
    'ctest',
    [
      ...['--test-dir', folder, '--no-tests=error', '--output-on-failure'],
      ...['--quiet', '--output-log', log, ...(cross ? exclusions(cross) : []), ...options],
    ],
    {
      ...wineEnvironment,
      TSAN_OPTIONS: 'halt_on_error=1',
      // An emulated processor takes 30 times as long.
      ...(cross !== undefined && cross.emulator.length > 0 && { DEATH_ROUNDS: '20' }),
    },
  );
  const text = await readFile(log, 'utf8');
  console.log(ok ? text.match(/.*tests passed.*/)?.[0] : text);
  return ok;
}

function exclusions({ excluded }: CrossBuild): string[] {
  return excluded.length > 0 ? ['-E', `^(${excluded.map(({ test }) => test).join('|')})$`] : [];
}

/** The sanitizers of clang 19 know more than those of the system's g++. */
function compiler(): string {
  return existsSync('/usr/bin/clang++-19') ? 'clang++-19' : 'g++';
}
