/** One file with the code of several processors, as `lipo` makes it on a Mac. */
import { readFile, writeFile } from 'node:fs/promises';

/** `mach-o/fat.h`: its numbers are big-endian, whatever the processor. */
const fatMagic = 0xcafebabe;
const headerSize = 8;
const entrySize = 20;

/** `mach-o/loader.h`, for 64 bits: little-endian on both processors. */
export const machMagic = 0xfeedfacf;

/** As a power of two: the largest page of a Mac. */
const alignment = 14;
const page = 2 ** alignment;

/** In the order of `slices`. Each is the path of a file for one processor. */
export async function joinSlices(slices: readonly string[], file: string): Promise<void> {
  await writeFile(file, fatFile(await Promise.all(slices.map((name) => readFile(name)))));
}

/** @throws Error if one is no file for a processor of its own. */
export function fatFile(slices: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(headerSize + slices.length * entrySize);
  header.writeUInt32BE(fatMagic, 0);
  header.writeUInt32BE(slices.length, 4);
  const parts: Buffer[] = [header];
  const processors = new Set<number>();
  let end = header.length;
  for (const [index, slice] of slices.entries()) {
    if (slice.length < 32 || slice.readUInt32LE(0) !== machMagic) {
      throw new Error(`slice ${index} is no Mach-O file for 64 bits`);
    }
    const processor = slice.readUInt32LE(4);
    if (processors.has(processor)) throw new Error(`slice ${index} repeats a processor`);
    processors.add(processor);
    const start = Math.ceil(end / page) * page;
    parts.push(Buffer.alloc(start - end), slice);
    const entry = [processor, slice.readUInt32LE(8), start, slice.length, alignment];
    for (const [field, value] of entry.entries()) {
      header.writeUInt32BE(value, headerSize + index * entrySize + field * 4);
    }
    end = start + slice.length;
  }
  return Buffer.concat(parts);
}
