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

  it('ring makes no system call', () => {
    const system = /#include <(sys\/|unistd\.h|fcntl\.h|poll\.h|linux\/|errno\.h|cerrno|thread)/;
    expect(naming(inFolder(all, 'native/ring'), system)).toEqual([]);
  });

  it('only os asks which platform it is compiled for', () => {
    const others = all.filter(({ name }) => !name.startsWith('native/os/'));
    const platform = /#\s*(if|ifdef|ifndef|elif)\b.*(__linux__|__APPLE__|_WIN32|_MSC_VER|__unix__)/;
    expect(naming(others, platform)).toEqual([]);
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
