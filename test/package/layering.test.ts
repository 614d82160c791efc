import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/run.ts';

interface Source {
  readonly name: string;
  readonly text: string;
}

function sources(folder: string, ending: RegExp): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => ({
      name: `${folder}/${name}`,
      text: readFileSync(join(root, folder, name), 'utf8'),
    }));
}

/** Names of the sources in which `pattern` occurs. */
function naming(all: Source[], pattern: RegExp): string[] {
  return all.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
}

/** The sources of this project that one imports. */
function importsOf(source: Source): string[] {
  return importsBy(/^(?:import|export) [^;]*?from '(\.[^']+)';/gms, source);
}

/** Those of them that are loaded with it: types leave no trace. */
function loadedBy(source: Source): string[] {
  return importsBy(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)';/gms, source);
}

function importsBy(pattern: RegExp, { name, text }: Source): string[] {
  return [...text.matchAll(pattern)].map(([, path = '']) => join(dirname(name), path));
}

/** The source without its comments and strings, except the names of what it includes. */
function code({ name, text }: Source): Source {
  const pattern = /\/\*[\s\S]*?\*\/|\/\/.*$|(?<!#\s*include\s*)"(?:[^"\\\n]|\\.)*"/gm;
  return { name, text: text.replaceAll(pattern, '') };
}

/** Where and what `pattern` matches. */
function occurrences(all: Source[], pattern: RegExp): string[] {
  return all.flatMap(({ name, text }) =>
    [...text.matchAll(pattern)].map(([word]) => `${name}: ${word.trim()}`),
  );
}

/** The folders of systems in a layer. */
function systemsOf(layer: string): string[] {
  return readdirSync(join(root, layer), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** Those of the C++ library that are the same everywhere; so neither cerrno nor csignal. */
const standardHeaders = [
  ...['algorithm', 'array', 'atomic', 'chrono', 'cstddef', 'cstdint', 'cstring', 'deque'],
  ...['functional', 'initializer_list', 'limits', 'list', 'map', 'memory', 'mutex', 'optional'],
  ...['string', 'system_error', 'thread', 'type_traits', 'utility', 'vector'],
];

const headersOfNode = ['napi.h', 'node_api.h', 'uv.h'];

const systemWords = new RegExp(
  [
    String.raw`\b(?:pid|uid|gid|off|mode|ssize|sig|socklen|HAND|DW)\w*_t\b`,
    String.raw`\b(?:HANDLE|DWORD|GetLastError|errno|E[A-Z]{3,}\d?)\b`,
    String.raw`\b(?:get[efgpu]*id|sysconf|syscall|ioctl|fcntl|poll|epoll\w*|eventfd|futex|kqueue)\b`,
    String.raw`\b(?:mmap|munmap|madvise|memfd_create|dlsym|dlopen|usleep|nanosleep|sched_\w+)\b`,
    String.raw`\b(?:close|shutdown|pipe|fork|kill|dup[23]?|(?:send|recv)(?:msg)?|pthread_\w+)\(`,
    String.raw`\b(?!Property)\w*(?:[Dd]escriptor|[Gg][Ll]ib|[Ff]utex|[Ee]poll)\w*`,
  ].join('|'),
  'g',
);

const inFolder = (all: Source[], folder: string): Source[] =>
  all.filter(({ name }) => name.startsWith(`${folder}/`));

describe('native', () => {
  const all = sources('native', /\.(cc|h)$/);

  it('only addon includes napi.h, uv.h or another header of Node', () => {
    const others = all.filter(({ name }) => !name.startsWith('native/addon/'));
    expect(naming(others, /#include [<"](napi|node_api|js_native_api|uv|node)\.h/)).toEqual([]);
  });

  it('ring and os know nothing of each other, nor of the layers above', () => {
    expect(naming(inFolder(all, 'native/ring'), /#include "(os|link|addon)\//)).toEqual([]);
    expect(naming(inFolder(all, 'native/os'), /#include "(ring|link|addon)\//)).toEqual([]);
    expect(naming(inFolder(all, 'native/link'), /#include "addon\//)).toEqual([]);
  });

  /** Two layers have a folder for each system; everything else is for all of them. */
  const layers = ['native/os', 'native/addon'];
  const neutral = all.filter(({ name }) => !/^native\/(os|addon)\/[^/]+\//.test(name)).map(code);

  it('only the folders of a system include its headers', () => {
    const included = neutral.flatMap(({ name, text }) =>
      [...text.matchAll(/#\s*include\s*<([^>]+)>/g)].map(([, header = '']) => ({ name, header })),
    );
    expect(included.length).toBeGreaterThan(100);
    const known = new Set([...standardHeaders, ...headersOfNode]);
    expect(included.filter(({ header }) => !known.has(header))).toEqual([]);
  });

  it('only they use its types, calls, error numbers and descriptors', () => {
    expect(occurrences(neutral, systemWords)).toEqual([]);
  });

  it('only os asks for which system, processor or compiler it is compiled', () => {
    const others = all.filter(({ name }) => !name.startsWith('native/os/')).map(code);
    const conditions = occurrences(others, /^[ \t]*#[ \t]*(?:if|elif).*$/gm);
    // Guards of headers, and what only tests define.
    const known = conditions.filter((line) => /#ifn?def RINGWIRE_\w+$/.test(line));
    expect(known.length).toBeGreaterThan(25);
    expect(conditions).toEqual(known);
    const aboveOs = neutral.filter(({ name }) => !name.startsWith('native/os/'));
    expect(occurrences(aboveOs, /\b(?:__\w+|_[A-Z]\w*|asm)\b/g)).toEqual([]);
  });

  it('only two headers name a system, and they include what its folder has', () => {
    const naming = neutral.filter(({ text }) => /#include "(os|addon)\/\w+\//.test(text));
    expect(naming.map(({ name }) => name).sort()).toEqual([
      'native/os/native.h',
      'native/os/state.h',
    ]);
  });

  it('each system has a folder in both layers, and every header an implementation there', () => {
    /** What several systems share. */
    const sharedBy: Readonly<Record<string, readonly string[]>> = {
      linux: ['posix'],
      macos: ['posix'],
      windows: [],
    };
    const systems = Object.keys(sharedBy);
    const folders = [...new Set([...systems, ...Object.values(sharedBy).flat()])].sort();
    const inlineOnly = ['native/os/pause', 'native/addon/link_table'];
    for (const layer of layers) {
      expect(systemsOf(layer).sort()).toEqual(folders);
      const files = readdirSync(join(root, layer));
      const declared = files
        .filter((file) => file.endsWith('.h'))
        .map((file) => file.slice(0, -2))
        .filter((noun) => !files.includes(`${noun}.cc`))
        .filter((noun) => !inlineOnly.includes(`${layer}/${noun}`));
      expect(declared.length).toBeGreaterThan(0);
      for (const [system, shared] of Object.entries(sharedBy)) {
        const there = [system, ...shared].flatMap((folder) =>
          readdirSync(join(root, layer, folder)),
        );
        const nouns = new Set(there.map((file) => file.replace(/\.\w+$/, '')));
        expect(
          declared.filter((noun) => !nouns.has(noun)),
          `${layer}/${system}`,
        ).toEqual([]);
      }
    }
  });

  it('every header is guarded', () => {
    const headers = all.filter(({ name }) => name.endsWith('.h'));
    const unguarded = headers.filter(({ text }) => !/#pragma once|#ifndef RINGWIRE_/.test(text));
    expect(unguarded.map(({ name }) => name)).toEqual([]);
  });
});

describe('lib', () => {
  const all = sources('lib', /\.ts$/);
  const from = (modules: string): RegExp =>
    new RegExp(`(from|import|require\\()\\s*\\(?['"](${modules})['"]`);

  /** The sources below `folder` that import one below `other`. */
  const importing = (folder: string, other: string): string[] =>
    inFolder(all, folder)
      .filter((source) => importsOf(source).some((name) => name.startsWith(`${other}/`)))
      .map(({ name }) => name);

  it('core imports neither Electron nor the layers above', () => {
    const core = inFolder(all, 'lib/core');
    expect(naming(core, from('electron'))).toEqual([]);
    expect(importing('lib/core', 'lib/node')).toEqual([]);
    expect(importing('lib/core', 'lib/electron')).toEqual([]);
  });

  it('node and electron do not import each other', () => {
    expect(naming(inFolder(all, 'lib/node'), from('.*\\belectron\\b.*'))).toEqual([]);
    expect(importing('lib/electron', 'lib/node')).toEqual([]);
  });

  it('main and renderer do not import each other, and what both read imports neither', () => {
    expect(importing('lib/electron/main', 'lib/electron/renderer')).toEqual([]);
    expect(importing('lib/electron/renderer', 'lib/electron/main')).toEqual([]);
    const halves = /^lib\/electron\/(main|renderer)\//;
    const shared = inFolder(all, 'lib/electron').filter(({ name }) => !halves.test(name));
    expect(shared.length).toBeGreaterThan(0);
    expect(shared.filter((source) => importsOf(source).some((name) => halves.test(name)))).toEqual(
      [],
    );
  });

  it.each(['preload', 'renderer'])(
    '%s, which a sandbox has to load, imports nothing of Node',
    (entry) => {
      const reached = new Set<string>([`lib/${entry}.ts`]);
      for (const name of reached) {
        const source = all.find((one) => one.name === name);
        for (const next of source ? loadedBy(source) : []) reached.add(next);
      }
      const sources = all.filter(({ name }) => reached.has(name));
      expect(sources.length).toBeGreaterThan(4);
      expect(naming(sources, from('node:.*|node-gyp-build|msgpackr.*'))).toEqual([]);
    },
  );

  it('leaves what differs between systems to the addon', () => {
    // The doctor describes a machine to people, and elf.ts a file of the addon that does not load.
    const others = all
      .filter(({ name }) => !name.startsWith('lib/doctor/') && name !== 'lib/core/elf.ts')
      .map(code);
    expect(occurrences(others, /\b(?:get[eug]*id|constants|\w*[Gg]lib\w*)\b/g)).toEqual([]);
    // Two only print it; experimental.ts says where nobody has run the addon.
    expect(naming(others, /\bplatform\b/)).toEqual([
      'lib/core/errors.ts',
      'lib/core/experimental.ts',
      'lib/core/load-native.ts',
    ]);
  });

  it('only load-native.ts looks for the addon', () => {
    const declared = all.filter(({ name }) => !name.endsWith('.d.ts'));
    expect(naming(declared, from('node-gyp-build'))).toEqual(['lib/core/load-native.ts']);
  });

  it('only the codec imports a serialiser', () => {
    const serialising = naming(all, from('msgpackr.*|(node:)?v8'));
    expect(serialising.length).toBeGreaterThan(0);
    expect(serialising.filter((name) => !name.startsWith('lib/core/codec/'))).toEqual([]);
  });

  it('the entries only export, except register and preload, which act', () => {
    for (const name of ['index', 'main', 'renderer']) {
      const text = readFileSync(join(root, `lib/${name}.ts`), 'utf8');
      const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      const statements = code.split(';').map((statement) => statement.trim());
      expect(statements.filter((line) => line !== '' && !line.startsWith('export'))).toEqual([]);
    }
  });
});

describe.each(['lib', 'bench', 'test'])('%s', (folder) => {
  it('has no file that imports itself in a circle', () => {
    const all = sources(folder, /\.ts$/);
    const imports = new Map(all.map((source) => [source.name, importsOf(source)]));
    const circular = [...imports.keys()].filter((name) => reachedFrom(name, imports).has(name));
    expect(circular).toEqual([]);
  });
});

function reachedFrom(name: string, imports: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set(imports.get(name));
  for (const next of reached) for (const other of imports.get(next) ?? []) reached.add(other);
  return reached;
}
