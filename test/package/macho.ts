import { readFile } from 'node:fs/promises';

/** What the loader of macOS reads of one processor's part of a library. */
export interface MachO {
  readonly arch: 'x64' | 'arm64' | 'another';
  readonly isLibrary: boolean;
  /** Where it begins in its file, in bytes. */
  readonly offset: number;
  /** In bytes. */
  readonly size: number;
  /** Its own name, as others would load it. */
  readonly name: string;
  /** Names of the libraries that it loads. */
  readonly needed: readonly string[];
  /** The oldest macOS, such as `11.0`; empty: any system, or another one. */
  readonly minimum: string;
  /** Symbols that others can find in it. */
  readonly exported: readonly string[];
  /** Symbols that others have to have. */
  readonly imported: readonly string[];
  /** Whether the loader may merge symbols with those of other libraries. */
  readonly sharesSymbols: boolean;
  readonly isSigned: boolean;
}

/** The numbers of `mach-o/fat.h` and `mach-o/loader.h`. */
const fatMagic = 0xcafebabe;
const magic64 = 0xfeedfacf;
const dylib = 6;
const weakDefines = 0x8000;
const processors = new Map<number, MachO['arch']>([
  [0x01000007, 'x64'],
  [0x0100000c, 'arm64'],
]);
const commands = { symbols: 0x2, load: 0xc, identify: 0xd, signature: 0x1d, build: 0x32 };
const dyldInfo = 0x22;
const exportsTrie = 0x33;
const onlyThis = 0x7fffffff;
const platformMacos = 1;

/** One for each processor. @throws Error if it is no such file. */
export async function readMachO(file: string): Promise<MachO[]> {
  return partsOf(await readFile(file));
}

export function partsOf(bytes: Buffer): MachO[] {
  if (bytes.readUInt32BE(0) !== fatMagic) return [readPart(bytes, 0)];
  return Array.from({ length: bytes.readUInt32BE(4) }, (_, index) => {
    const entry = 8 + index * 20;
    const offset = bytes.readUInt32BE(entry + 8);
    const part = bytes.subarray(offset, offset + bytes.readUInt32BE(entry + 12));
    if (part.readUInt32LE(4) !== bytes.readUInt32BE(entry)) {
      throw new Error('a part is for another processor than the header says');
    }
    return readPart(part, offset);
  });
}

function readPart(bytes: Buffer, offset: number): MachO {
  if (bytes.readUInt32LE(0) !== magic64) throw new Error('no Mach-O file');
  const found = {
    name: '',
    needed: [] as string[],
    minimum: '',
    exported: [] as string[],
    imported: [] as string[],
    isSigned: false,
  };
  for (const { kind, at, size } of commandsOf(bytes)) {
    const text = (): string =>
      cString(bytes.subarray(0, at + size), at + bytes.readUInt32LE(at + 8));
    if (kind === commands.load) found.needed.push(text());
    if (kind === commands.identify) found.name = text();
    if (kind === commands.signature) found.isSigned = bytes.readUInt32LE(at + 12) > 0;
    if (kind === commands.symbols) found.imported = undefinedSymbols(bytes, at);
    if (kind === dyldInfo) found.exported = exportsOf(bytes, at + 40);
    if (kind === exportsTrie) found.exported = exportsOf(bytes, at + 8);
    if (kind === commands.build && bytes.readUInt32LE(at + 8) === platformMacos) {
      found.minimum = `${bytes.readUInt16LE(at + 14)}.${bytes.readUInt8(at + 13)}`;
    }
  }
  return {
    arch: processors.get(bytes.readUInt32LE(4)) ?? 'another',
    isLibrary: bytes.readUInt32LE(12) === dylib,
    offset,
    size: bytes.length,
    sharesSymbols: (bytes.readUInt32LE(24) & weakDefines) !== 0,
    ...found,
  };
}

function* commandsOf(bytes: Buffer): Generator<{ kind: number; at: number; size: number }> {
  let at = 32;
  for (let left = bytes.readUInt32LE(16); left > 0; left -= 1) {
    const size = bytes.readUInt32LE(at + 4);
    yield { kind: bytes.readUInt32LE(at) & onlyThis, at, size };
    at += size;
  }
}

function cString(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, bytes.indexOf(0, at));
}

/** Of the symbol table: those that are for others to see, and in no section. */
function undefinedSymbols(bytes: Buffer, command: number): string[] {
  const [table = 0, count = 0, strings = 0] = [8, 12, 16].map((field) =>
    bytes.readUInt32LE(command + field),
  );
  const names: string[] = [];
  for (let at = table; at < table + count * 16; at += 16) {
    const type = bytes.readUInt8(at + 4);
    if ((type & 0x0f) === 1) names.push(cString(bytes, strings + bytes.readUInt32LE(at)));
  }
  return names.map((name) => name.replace(/^_/, '')).sort();
}

/** Of the trie whose place and size are at `field`. */
function exportsOf(bytes: Buffer, field: number): string[] {
  const start = bytes.readUInt32LE(field);
  const trie = bytes.subarray(start, start + bytes.readUInt32LE(field + 4));
  const names: string[] = [];
  const visit = (node: number, name: string): void => {
    const terminal = readNumber(trie, node);
    if (terminal.value > 0) names.push(name.replace(/^_/, ''));
    let at = terminal.end + terminal.value;
    const children = trie.readUInt8(at);
    at += 1;
    for (let child = 0; child < children; child += 1) {
      const edge = cString(trie, at);
      const next = readNumber(trie, at + edge.length + 1);
      visit(next.value, name + edge);
      at = next.end;
    }
  };
  if (trie.length > 0) visit(0, '');
  return names.sort();
}

/** ULEB128. */
function readNumber(bytes: Buffer, at: number): { value: number; end: number } {
  let value = 0;
  let end = at;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes.readUInt8(end);
    end += 1;
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return { value, end };
  }
}
