/**
 * The part of `npm run check` for C++: clang-format and clang-tidy, with the rules of .clang-format and
 * .clang-tidy. Changes nothing.
 *
 * ```sh
 * npx tsx scripts/native-lint.ts             # everything
 * npx tsx scripts/native-lint.ts 'ring/.*'   # tidy only sources whose path matches
 * ```
 */
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { root, run } from './run.ts';

/** One version for everybody: another one formats differently and has other rules. */
const version = 19;
const folder = 'build/native-lint';
const [only = '.*'] = process.argv.slice(2);

const formatted = await format();
const tidied = await tidy();
console.log(`\nC++ lint: format ${verdict(formatted)}, tidy ${verdict(tidied)}`);
if (!formatted || !tidied) {
  if (!existsSync(`/usr/bin/clang-tidy-${version}`)) {
    console.error(`npm run setup installs clang-format-${version} and clang-tidy-${version}`);
  }
  process.exitCode = 1;
}

async function format(): Promise<boolean> {
  const files = ['native', 'test/native', 'test/fuzz', 'test/hostile', 'bench/native'].flatMap(
    sources,
  );
  return (await run(`clang-format-${version}`, ['--dry-run', '-Werror', ...files])).ok;
}

/**
 * clang-tidy compiles as CMake would: for this system only, since clang has no headers of Windows and macOS here. Those
 * sources are compiled with all warnings as errors (scripts/prebuilds/cmake.ts). The variables of cmake-js make CMake list the addon too,
 * without compiling it.
 */
async function tidy(): Promise<boolean> {
  const configured = await run('cmake', [
    ...['-S', '.', '-B', folder, '--log-level=WARNING'],
    ...[`-DCMAKE_CXX_COMPILER=clang++-${version}`, '-DRINGWIRE_TESTS=ON'],
    '-DRINGWIRE_FUZZ=ON',
    ...['-DCMAKE_JS_VERSION=lint', `-DCMAKE_JS_INC=${root}node_modules/node-api-headers/include`],
  ]);
  if (!configured.ok) return false;
  const { ok } = await run(`run-clang-tidy-${version}`, [
    ...['-p', folder, '-quiet', '-j', String(availableParallelism()), only],
  ]);
  return ok;
}

function sources(name: string): string[] {
  return readdirSync(join(root, name), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(cc|h)$/.test(file))
    .map((file) => `${name}/${file}`)
    .sort();
}

function verdict(ok: boolean): string {
  return ok ? 'passed' : 'failed';
}
