import { execa } from 'execa';

/** What the loader of a system reads in a library, as `readelf` tells it. */
export interface Elf {
  readonly machine: string;
  readonly interpretedAs: string;
  /** Names of the libraries that it loads. */
  readonly needed: readonly string[];
  /** Versions of glibc that its symbols ask for, such as `2.17`. */
  readonly glibc: readonly string[];
  /** Symbols that others can find in it. */
  readonly exported: readonly string[];
  /** Symbols that others have to have. */
  readonly imported: readonly string[];
  readonly flags: string;
  readonly hasSymbolTable: boolean;
  /** Bytes; pages of the system may be no larger. */
  readonly alignment: number;
}

export async function readElf(file: string): Promise<Elf> {
  const { stdout } = await execa(
    'readelf',
    ['-W', '--file-header', '--segments', '--sections', '--dynamic', '--dyn-syms', file],
    { env: { LC_ALL: 'C' } },
  );
  const all = (pattern: RegExp): string[] =>
    [...stdout.matchAll(pattern)].map(([, found = '']) => found);
  const symbols = all(/^ +\d+: [0-9a-f]+ +\w+ +\w+ +(?:GLOBAL|WEAK) +\w+ +(\w+ +\S+)/gm);
  const named = (undefined_: boolean): string[] =>
    symbols
      .map((symbol) => symbol.split(/ +/))
      .filter(([section]) => (section === 'UND') === undefined_)
      .map(([, name = '']) => name);
  return {
    machine: all(/Machine: +(.*)/g).join(),
    interpretedAs: all(/Type: +(\w+)/g).join(),
    needed: all(/\(NEEDED\) +Shared library: \[(.*)\]/g),
    glibc: [...new Set(all(/@GLIBC_([\d.]+)/g))],
    exported: named(false).sort(),
    imported: named(true).map((name) => name.replace(/@.*/, '')),
    flags: all(/\(FLAGS_1\) +Flags: (.*)/g).join(),
    hasSymbolTable: /\.symtab/.test(stdout),
    alignment: Math.max(
      ...all(/^ +LOAD .* 0x([0-9a-f]+)$/gm).map((text) => Number.parseInt(text, 16)),
    ),
  };
}
