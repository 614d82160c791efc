/** The least that this machine needs, in C++, measured in the same run: see native/floor.cc. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { root } from '../../scripts/run.ts';

/** Microseconds. */
export interface Floor {
  /** A round trip of two processes that both spin. */
  readonly spin: number;
  /** The same when both sleep on a futex. */
  readonly futex: number;
  /** One word of a stream, through a ring. Absent in older results. */
  readonly stream?: number;
  /** One copy of so many bytes. */
  readonly memcpy: Readonly<Record<string, number>>;
  /** So many bytes there and back. Absent in older results. */
  readonly echo?: Readonly<Record<string, number>>;
  /** New pages for so many bytes. Absent in older results. */
  readonly pages?: Readonly<Record<string, number>>;
}

/** As this version measures it: complete. */
export type MeasuredFloor = Required<Floor>;

/** Compiles the program; what it returns runs it. */
export async function floorProgram(): Promise<() => Promise<MeasuredFloor>> {
  const folder = join(root, 'build/bench');
  const program = join(folder, 'floor');
  await mkdir(folder, { recursive: true });
  const source = join(root, 'bench/native/floor.cc');
  await execa('c++', ['-O2', '-std=c++17', source, '-o', program]);
  return async () => {
    const { stdout } = await execa(program, { timeout: 60_000 });
    return JSON.parse(stdout) as MeasuredFloor;
  };
}

/**
 * The lesser of each time. A host may move two virtual cores apart for some minutes, and then a round
 * trip takes five times as long.
 */
export function lesser(a: MeasuredFloor, b: MeasuredFloor): MeasuredFloor {
  return {
    spin: Math.min(a.spin, b.spin),
    futex: Math.min(a.futex, b.futex),
    stream: Math.min(a.stream, b.stream),
    memcpy: lesserOfSizes(a.memcpy, b.memcpy),
    echo: lesserOfSizes(a.echo, b.echo),
    pages: lesserOfSizes(a.pages, b.pages),
  };
}

type BySize = Readonly<Record<string, number>>;

function lesserOfSizes(a: BySize, b: BySize): BySize {
  const both = Object.entries(a).map(([bytes, time]) => [bytes, Math.min(time, b[bytes] ?? time)]);
  return Object.fromEntries(both) as BySize;
}
