import { readFile } from 'node:fs/promises';

/** What the loader of Windows reads in a library. */
export interface PortableExecutable {
  readonly machine: number;
  readonly isLibrary: boolean;
  /** Seconds since 1970, or whatever the linker puts there. */
  readonly timestamp: number;
  /** Bytes in the file that only debuggers read. */
  readonly symbols: number;
  /** May be loaded anywhere, and its data is never run. */
  readonly isHardened: boolean;
  /** Names of the libraries that it loads. */
  readonly needed: readonly string[];
  /** Symbols that others can find in it. */
  readonly exported: readonly string[];
}

const library = 0x2000;
const dynamicBase = 0x0040;
const noExecution = 0x0100;
const importSize = 20;

/** As Microsoft's "PE Format" describes it, for processors of 64 bits. */
export async function readPe(file: string): Promise<PortableExecutable> {
  const bytes = await readFile(file);
  const header = bytes.readUInt32LE(0x3c);
  if (bytes.toString('latin1', header, header + 4) !== 'PE\0\0') throw new Error(`${file}: no PE`);
  const coff = header + 4;
  const optional = coff + 20;
  const sections = optional + bytes.readUInt16LE(coff + 16);
  const count = bytes.readUInt16LE(coff + 2);
  /** Where in the file an address of the loaded library is. */
  const at = (address: number): number => {
    for (let n = 0; n < count; n++) {
      const section = sections + 40 * n;
      const offset = address - bytes.readUInt32LE(section + 12);
      if (offset >= 0 && offset < bytes.readUInt32LE(section + 16)) {
        return bytes.readUInt32LE(section + 20) + offset;
      }
    }
    throw new Error(`${file}: no section has ${address}`);
  };
  const text = (address: number): string => {
    const start = at(address);
    return bytes.toString('latin1', start, bytes.indexOf(0, start));
  };
  const directory = (index: number): number => bytes.readUInt32LE(optional + 112 + 8 * index);
  const list = <T>(length: number, read: (n: number) => T): T[] =>
    Array.from({ length }, (_, n) => read(n));

  const exports = at(directory(0));
  const names = at(bytes.readUInt32LE(exports + 32));
  const needed: string[] = [];
  for (let row = at(directory(1)); bytes.readUInt32LE(row + 12) !== 0; row += importSize) {
    needed.push(text(bytes.readUInt32LE(row + 12)));
  }
  const hardening = dynamicBase | noExecution;
  return {
    machine: bytes.readUInt16LE(coff),
    isLibrary: (bytes.readUInt16LE(coff + 18) & library) !== 0,
    timestamp: bytes.readUInt32LE(coff + 4),
    symbols: bytes.readUInt32LE(coff + 12),
    isHardened: (bytes.readUInt16LE(optional + 70) & hardening) === hardening,
    needed,
    exported: list(bytes.readUInt32LE(exports + 24), (n) =>
      text(bytes.readUInt32LE(names + 4 * n)),
    ),
  };
}
