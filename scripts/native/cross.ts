/** The C++ tests for other systems: compiled by zig, run by this kernel, by qemu or by wine. */
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systems } from '../prebuilds/cmake.ts';
import { type Target, targets, toleratedWarnings } from '../prebuilds/targets.ts';
import { installZig } from '../prebuilds/zig.ts';
import { root } from '../run.ts';

/** A test that cannot pass there, by its exact name. */
interface Exclusion {
  readonly test: string;
  readonly reason: string;
}

export interface CrossBuild {
  readonly target: Target;
  /** What a program of that system is started with; nothing: it runs by itself. */
  readonly emulator: readonly string[];
  readonly excluded: readonly Exclusion[];
}

/** Debian's; the starter in /usr/bin would also ask for the part that runs programs of 32 bits. */
export const wineProgram = '/usr/lib/wine/wine64';

/** Of Debian's libc6-arm64-cross. */
export const arm64Libraries = '/usr/aarch64-linux-gnu';

/**
 * Runs programs for arm64. On one core only: on several, qemu 7.2 lets loads pass sequentially consistent
 * stores, which no ARM processor does. So it shows nothing about the order of memory accesses.
 */
export const arm64Emulator: readonly string[] = [
  ...['taskset', '-c', '0', 'qemu-aarch64-static'],
  ...['-L', arm64Libraries],
];

const excludedUnderQemu: readonly Exclusion[] = [
  'handshake: a side that is stopped is waited for',
  'pause: in traffic, all arrives afterwards, and deadlines hold',
  'pause: while it closes, the end is that of a side that closes',
].map((test) => ({
  test,
  reason: 'it looks in /proc/self/stat whether it sleeps, and qemu makes that file up',
}));

/**
 * `npm test` leaves these out: they take minutes, and others test the same processor and the same C library.
 */
export const byHand: readonly string[] = ['linux-arm64-musl'];

/** Those of the addon's targets whose programs run here, and that nothing else tests. */
export const crossBuilds: Readonly<Record<string, CrossBuild>> = Object.fromEntries(
  targets
    .filter(({ platform, arch, libc }) =>
      platform === 'linux'
        ? arch !== 'x64' || libc === 'musl'
        : platform === 'win32' && arch === 'x64',
    )
    .map((target) => [target, target.arch === 'arm64'] as const)
    .map(([target, arm64]) => [
      [target.platform, target.arch, ...(target.libc ? [target.libc] : [])].join('-'),
      {
        target,
        emulator: target.platform === 'win32' ? [wineProgram] : arm64 ? arm64Emulator : [],
        excluded: arm64 ? excludedUnderQemu : [],
      },
    ]),
);

/** What CMake has to be told, and its environment. */
export async function prepareCross({
  target,
  emulator,
}: CrossBuild): Promise<{ options: string[]; env: Record<string, string> }> {
  const zig = await installZig();
  return {
    options: [
      ...[`-DCMAKE_SYSTEM_NAME=${systems[target.platform]}`, '-DCMAKE_BUILD_TYPE=Release'],
      `-DCMAKE_SYSTEM_PROCESSOR=${target.arch === 'arm64' ? 'aarch64' : 'x86_64'}`,
      `-DCMAKE_CROSSCOMPILING_EMULATOR=${emulator.join(';')}`,
      `-DCMAKE_CXX_FLAGS=${toleratedWarnings(target).join(' ')}`,
      `-Ddoctest_DIR=${await copyDoctest()}`,
    ],
    env: { CXX: `${zig} c++ -target ${target.triple}` },
  };
}

/** Away from /usr/include, whose other headers are for this system. Returns the folder for CMake. */
async function copyDoctest(): Promise<string> {
  const copy = join(root, 'build/doctest');
  for (const part of ['include/doctest', 'lib/cmake/doctest']) {
    await mkdir(join(copy, part), { recursive: true });
    await cp(join('/usr', part), join(copy, part), { recursive: true });
  }
  return join(copy, 'lib/cmake/doctest');
}
