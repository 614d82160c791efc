import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Long enough for the headers of a program, and the name of its loader behind them. */
const headLength = 16 * 1024;

/** The C library of this process, by the loader that its program names; nothing where it cannot tell. */
export function libcName(program: string = process.execPath): 'glibc' | 'musl' | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const text = readHead(program, headLength).head.toString('latin1');
    return text.includes('/ld-musl-') ? 'musl' : text.includes('/ld-linux-') ? 'glibc' : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a library is shorter than it says. The system would map it all the same, and the process die of the
 * part that is missing. The table that its header names lies at its end.
 */
export function isCutOff(library: string): boolean {
  const { head, length } = readHead(library, 64);
  if (head.length < 64 || head.readUInt32BE(0) !== 0x7f454c46) return false;
  const end = Number(head.readBigUInt64LE(40)) + head.readUInt16LE(58) * head.readUInt16LE(60);
  return length < end;
}

/** The beginning of a file, and the length of the whole. */
function readHead(path: string, most: number): { head: Buffer; length: number } {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(most);
    const count = readSync(file, head, 0, most, 0);
    return { head: head.subarray(0, count), length: fstatSync(file).size };
  } finally {
    closeSync(file);
  }
}
