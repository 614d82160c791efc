import { mkdir, readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, inject, it } from 'vitest';
import { fatFile } from '../../scripts/prebuilds/darwin/fat.ts';
import {
  glibcFloor,
  macosFloor,
  prebuiltFile,
  type Target,
  targets,
} from '../../scripts/prebuilds/targets.ts';
import { root } from '../../scripts/run.ts';
import { type Elf, readElf } from './elf.ts';
import { type MachO, partsOf, readMachO } from './macho.ts';
import { importsOfMacos } from './macos-imports.ts';

const installed = join(inject('installed'), 'node_modules/ringwire');

const here = process.arch as Target['arch'];

const machines = { x64: 'Advanced Micro Devices X86-64', arm64: 'AArch64' };

/** Systems for arm64 have pages of up to 64 KiB. */
const pages = { x64: 0x1000, arm64: 0x10000 };

/** No C++ library, and no libgcc_s: not every system has them, and each load would look for them. */
const libraries = {
  glibc: /^(lib(c|m|dl|pthread)\.so\.\d|ld-linux-(x86-64|aarch64)\.so\.\d)$/,
  musl: /^libc\.so$/,
};

const { symbols } = createRequire(import.meta.url)('node-api-headers') as {
  symbols: { v8: { js_native_api_symbols: string[]; node_api_symbols: string[] } };
};
const nodeApi = new Set([...symbols.v8.js_native_api_symbols, ...symbols.v8.node_api_symbols]);

type LinuxTarget = Target & Required<Pick<Target, 'libc'>>;

const linux = targets.filter((one): one is LinuxTarget => one.libc !== undefined);
const darwin = targets.filter(({ platform }) => platform === 'darwin');

/** What is wrong with a file that should be the addon for a target. */
function faultsOf(target: LinuxTarget, elf: Elf): string[] {
  const faults: string[] = [];
  const expectThat = (good: boolean, fault: string): void => {
    if (!good) faults.push(fault);
  };
  expectThat(elf.machine === machines[target.arch], `is for ${elf.machine}`);
  expectThat(elf.interpretedAs === 'DYN', `is of type ${elf.interpretedAs}`);
  expectThat(elf.alignment >= pages[target.arch], `is aligned to ${elf.alignment}`);
  expectThat(!elf.hasSymbolTable, 'is not stripped');
  expectThat(/\bNODELETE\b/.test(elf.flags), 'may be unloaded');
  for (const name of elf.needed) expectThat(libraries[target.libc].test(name), `needs ${name}`);
  for (const version of elf.glibc) {
    const fits = target.libc === 'glibc' && compare(version, glibcFloor) <= 0;
    expectThat(fits, `needs glibc ${version}`);
  }
  for (const name of elf.exported) expectThat(ofNode.has(name), `exports ${name}`);
  expectThat(elf.exported.includes('napi_register_module_v1'), 'is no addon');
  for (const name of elf.imported.filter((one) => /^(napi|node_api)_/.test(one))) {
    expectThat(nodeApi.has(name), `needs ${name} of a newer Node-API`);
  }
  return faults;
}

const ofNode = new Set(['napi_register_module_v1', 'node_api_module_get_api_version_v1']);

/** Below 0 if version `a` is older than `b`. */
function compare(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA - majorB || minorA - minorB;
}

const target = (arch: Target['arch'], libc: Target['libc']): LinuxTarget => {
  const found = linux.find((one) => one.arch === arch && one.libc === libc);
  if (!found) throw new Error(`no target ${arch} ${libc}`);
  return found;
};

describe('a prebuilt addon', () => {
  it('is there for each target, and no other', async () => {
    const files = await readdir(join(installed, 'prebuilds'), { recursive: true });
    const addons = files
      .filter((name) => name.endsWith('.node'))
      .map((name) => `prebuilds/${name}`);
    expect(addons.sort()).toEqual([...new Set(targets.map(prebuiltFile))].sort());
  });

  it.each(linux)('for $platform $arch $libc fits it', async (one) => {
    expect(faultsOf(one, await readElf(join(installed, prebuiltFile(one))))).toEqual([]);
  });

  /** An addon, as the compiler of this machine makes it if nobody tells it anything. */
  async function plainAddon(): Promise<Elf> {
    const folder = join(root, 'build/package');
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'plain.node');
    const source = `#include <cmath>
      #include <string>
      extern "C" void node_api_of_tomorrow();
      extern "C" void napi_register_module_v1() { node_api_of_tomorrow(); }
      std::string Text(double x) { return std::to_string(std::pow(x, x)); }`;
    await execa(process.env.CXX ?? 'c++', ['-shared', '-fPIC', '-x', 'c++', '-o', file, '-'], {
      input: source,
    });
    return readElf(file);
  }

  it('is found wanting if it is of another kind', async () => {
    const elf = await readElf(join(installed, prebuiltFile(target('x64', 'glibc'))));
    expect(faultsOf(target('arm64', 'glibc'), elf)).toEqual([
      `is for ${machines.x64}`,
      'is aligned to 4096',
    ]);
    expect(faultsOf(target('x64', 'musl'), elf)).toEqual(
      expect.arrayContaining(['needs libc.so.6', `needs glibc ${glibcFloor}`]),
    );
    const musl = await readElf(join(installed, prebuiltFile(target('x64', 'musl'))));
    expect(faultsOf(target('x64', 'glibc'), musl)).toEqual(['needs libc.so']);
  });

  it('is found wanting if it was compiled in another way', async () => {
    const faults = faultsOf({ ...target('x64', 'glibc'), arch: here }, await plainAddon());
    expect(faults).toEqual(
      expect.arrayContaining([
        'is not stripped',
        'may be unloaded',
        'needs libstdc++.so.6',
        expect.stringMatching(/^exports _Z4Text/),
        'needs node_api_of_tomorrow of a newer Node-API',
      ]),
    );
    const elf = await readElf(join(installed, prebuiltFile(target('x64', 'glibc'))));
    const newer = { ...elf, glibc: [...elf.glibc, '2.29', '3.0'], exported: [] };
    expect(faultsOf(target('x64', 'glibc'), newer)).toEqual([
      'needs glibc 2.29',
      'needs glibc 3.0',
      'is no addon',
    ]);
  });
});

/** zig's linker puts a name for the file itself into each. */
const ofLinker = new Set(['__dso_handle', '_mh_dylib_header']);

/** What is wrong with the part of a file that should be the addon for a processor of macOS. */
function faultsOfMachO({ arch }: Target, part: MachO): string[] {
  const faults: string[] = [];
  const expectThat = (good: boolean, fault: string): void => {
    if (!good) faults.push(fault);
  };
  expectThat(part.arch === arch, `is for ${part.arch}`);
  expectThat(part.isLibrary, 'is no library');
  expectThat(part.offset % 0x4000 === 0, `begins at ${part.offset}`);
  expectThat(part.name === 'ringwire.node', `is called ${part.name}`);
  expectThat(part.minimum === macosFloor, `needs macOS ${part.minimum}`);
  expectThat(!part.sharesSymbols, 'shares symbols with other libraries');
  // Apple silicon runs nothing without; the application puts its own signature in its place.
  expectThat(part.isSigned || arch === 'x64', 'is not signed');
  const needed = part.needed.filter((name) => name !== '/usr/lib/libSystem.B.dylib');
  for (const name of needed) expectThat(false, `needs ${name}`);
  for (const name of part.exported) {
    expectThat(ofNode.has(name) || ofLinker.has(name), `exports ${name}`);
  }
  expectThat(part.exported.includes('napi_register_module_v1'), 'is no addon');
  for (const name of part.imported) {
    const known = nodeApi.has(name) || importsOfMacos.has(name);
    expectThat(known, `imports ${name}`);
  }
  return faults;
}

describe('the prebuilt addon for macOS', () => {
  const file = join(installed, prebuiltFile(darwin[0] as Target));

  it.each(darwin)('has a part for $arch that fits', async (one) => {
    const parts = await readMachO(file);
    expect(parts.length).toBe(darwin.length);
    const part = parts.find(({ arch }) => arch === one.arch);
    if (!part) throw new Error(`no part for ${one.arch}`);
    expect(faultsOfMachO(one, part)).toEqual([]);
  });

  it('is found wanting if it is of another kind', async () => {
    const part = (await readMachO(file)).find(({ arch }) => arch === 'arm64');
    if (!part) throw new Error('no part for arm64');
    const arm64 = darwin.find(({ arch }) => arch === 'arm64') as Target;
    const changed: MachO = {
      ...part,
      arch: 'another',
      isLibrary: false,
      offset: 4096,
      name: '/tmp/ringwire.node',
      needed: [...part.needed, '/usr/lib/libc++.1.dylib'],
      minimum: '12.0',
      exported: ['_Znwm'],
      imported: ['__ulock_wait'],
      sharesSymbols: true,
      isSigned: false,
    };
    expect(faultsOfMachO(arm64, changed)).toEqual([
      'is for another',
      'is no library',
      'begins at 4096',
      'is called /tmp/ringwire.node',
      'needs macOS 12.0',
      'shares symbols with other libraries',
      'is not signed',
      'needs /usr/lib/libc++.1.dylib',
      'exports _Znwm',
      'is no addon',
      'imports __ulock_wait',
    ]);
  });

  it('is joined of parts that are each for a processor of their own', async () => {
    const bytes = await readFile(file);
    const slices = partsOf(bytes).map(({ offset, size }) => bytes.subarray(offset, offset + size));
    expect(fatFile(slices).equals(bytes)).toBe(true);
    const [first = Buffer.of()] = slices;
    expect(() => fatFile([first, first])).toThrow('repeats a processor');
    expect(() => fatFile([Buffer.alloc(64)])).toThrow('no Mach-O file');
  });
});

describe('node-gyp-build', () => {
  /** What it takes in a process of that kind; it reads the environment when it is loaded. */
  async function found({ platform, arch, libc }: Target): Promise<string> {
    const script = `console.log(require('node-gyp-build').path(process.argv[1]))`;
    const { stdout } = await execa(process.execPath, ['-e', script, installed], {
      cwd: root,
      env: { npm_config_platform: platform, npm_config_arch: arch, LIBC: libc },
    });
    return stdout;
  }

  it.each(targets)('finds the file for $platform $arch $libc', async (one) => {
    expect(await found(one)).toBe(join(installed, prebuiltFile(one)));
  });
});
