/**
 * The C++ tests in three builds, because no sanitizer sees everything: plain, with AddressSanitizer
 * and UndefinedBehaviorSanitizer, with ThreadSanitizer. Each build ends with ctest's own line
 * `N% tests passed, N tests failed out of N`, which scripts/test.ts counts.
 *
 * ```sh
 * npx tsx scripts/native-test.ts                     # all builds
 * npx tsx scripts/native-test.ts thread -R deadlock  # one build, and options of ctest
 * ```
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root, run } from './run.ts';

/** Folder under build/, and what CMake calls the sanitizers. */
const builds: Record<string, string> = {
  plain: '',
  address: 'address,undefined',
  thread: 'thread',
};

const args = process.argv.slice(2);
const first = args[0] ?? '';
const chosen = first in builds ? [first] : Object.keys(builds);
const options = first in builds ? args.slice(1) : args;
const jobs = String(availableParallelism());
const failed: string[] = [];

for (const name of chosen) {
  const folder = `build/native-${name}`;
  const ok = (await configure(folder, builds[name] ?? '')) && (await compile(folder));
  if (!ok || !(await test(folder))) failed.push(name);
}
const passed = chosen.length - failed.length;
console.log(`\nC++ tests: ${passed} of ${chosen.length} builds passed (${compiler()})`);
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

async function compile(folder: string): Promise<boolean> {
  return (await run('cmake', ['--build', folder, '--parallel', jobs])).ok;
}

/** One test at a time, since races need both cores. Shows what failed, or ctest's summary. */
async function test(folder: string): Promise<boolean> {
  const log = join(root, folder, 'ctest.log');
  const { ok } = await run(
    'ctest',
    [
      ...['--test-dir', folder, '--no-tests=error', '--output-on-failure'],
      ...['--quiet', '--output-log', log, ...options],
    ],
    { TSAN_OPTIONS: 'halt_on_error=1' },
  );
  const text = await readFile(log, 'utf8');
  console.log(ok ? text.match(/.*tests passed.*/)?.[0] : text);
  return ok;
}

/** The sanitizers of clang 19 know more than those of the system's g++. */
function compiler(): string {
  return existsSync('/usr/bin/clang++-19') ? 'clang++-19' : 'g++';
}
