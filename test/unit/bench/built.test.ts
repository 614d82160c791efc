import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireBuilt } from '../../../bench/harness/built.ts';

let root: string;

/** Makes a file that was last changed at this second. */
function file(name: string, second: number): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), '');
  utimesSync(join(root, name), second, second);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ringwire-built-'));
  file('lib/core/codec/codec.ts', 10);
  file('native/ring/layout.h', 10);
  file('dist/index.cjs', 20);
  file('build/Release/ringwire.node', 20);
});

afterEach(() => rmSync(root, { recursive: true }));

describe('requireBuilt', () => {
  it('is content when everything is newer than its sources', () => {
    file('native/README.md', 30); // no source
    expect(() => requireBuilt(root)).not.toThrow();
  });

  it('names the source that is newer, and the command', () => {
    file('lib/core/codec/codec.ts', 30);
    expect(() => requireBuilt(root)).toThrow(
      'lib/core/codec/codec.ts is newer than dist/index.cjs: npm run build',
    );
    file('dist/index.cjs', 40);
    file('native/ring/layout.h', 30);
    expect(() => requireBuilt(root)).toThrow(/^native\/ring\/layout\.h is newer than build\/Rel/);
  });

  it('names what is not there', () => {
    rmSync(join(root, 'dist'), { recursive: true });
    expect(() => requireBuilt(root)).toThrow('dist/index.cjs is not there: npm run build');
    file('dist/index.cjs', 20);
    rmSync(join(root, 'build'), { recursive: true });
    expect(() => requireBuilt(root)).toThrow(/ringwire\.node is not there: npm run build:native$/);
  });

  it('takes a prebuilt addon where none was compiled', () => {
    rmSync(join(root, 'build'), { recursive: true });
    mkdirSync(join(root, `prebuilds/${process.platform}-${process.arch}`), { recursive: true });
    expect(() => requireBuilt(root)).not.toThrow();
  });
});
