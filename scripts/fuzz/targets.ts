import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root, run } from '../run.ts';

/** Each is a file test/fuzz/<name>.cc, and a folder of inputs test/fuzz/corpus/<name>. */
export const fuzzTargets = ['ring_reader', 'incoming', 'handshake', 'mapping'] as const;

export type FuzzTarget = (typeof fuzzTargets)[number];

const compiler = 'clang++-19';
const folder = 'build/native-fuzz';

/**
 * An input that takes longer, or more memory, has failed. No target needs a hundredth of the time or
 * half of the memory, and longer inputs repeat what shorter ones do.
 */
const limits = ['-timeout=10', '-rss_limit_mb=1024', '-max_len=2048'];

/** What is missing to fuzz on this machine; undefined if nothing is. */
export function missingForFuzzing(): string | undefined {
  return existsSync(`/usr/bin/${compiler}`)
    ? undefined
    : `${compiler} and its libFuzzer (npm run setup)`;
}

/** Compiles all targets. */
export async function buildFuzzTargets(): Promise<boolean> {
  const configured = await run('cmake', [
    ...['-S', '.', '-B', folder, '--log-level=WARNING', `-DCMAKE_CXX_COMPILER=${compiler}`],
    ...['-DCMAKE_BUILD_TYPE=RelWithDebInfo', '-DRINGWIRE_FUZZ=ON'],
  ]);
  return configured.ok && (await run('cmake', ['--build', folder, '--parallel'])).ok;
}

/**
 * Runs the committed inputs of a target, then makes up others for some seconds. An input that fails
 * stays in build/fuzz/<target>/failed, and the command that repeats it is printed.
 */
export async function fuzz(target: FuzzTarget, seconds: number): Promise<boolean> {
  const program = `${folder}/test/fuzz/fuzz_${target}`;
  const corpus = `test/fuzz/corpus/${target}`;
  const found = `build/fuzz/${target}/found`;
  const failed = `build/fuzz/${target}/failed`;
  for (const each of [found, failed]) await mkdir(join(root, each), { recursive: true });
  const before = await filesIn(failed);
  const { ok } = await run(program, [
    ...[...limits, `-max_total_time=${seconds}`, '-verbosity=0', '-print_final_stats=1'],
    ...[`-artifact_prefix=${failed}/`, found, corpus],
  ]);
  for (const name of await filesIn(failed)) {
    if (before.includes(name)) continue;
    console.error(`\nto repeat: ${program} ${limits.join(' ')} ${failed}/${name}`);
  }
  return ok;
}

function filesIn(name: string): Promise<string[]> {
  return readdir(join(root, name));
}
