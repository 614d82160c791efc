import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { prebuiltFile, type Target, targets } from '../../scripts/prebuilds/targets.ts';
import { type PortableExecutable, readPe } from './pe.ts';

const installed = join(inject('installed'), 'node_modules/ringwire');

const machines = { x64: 0x8664, arm64: 0xaa64 };

/** Libraries that every Windows 10 has, and none of the program that loads the addon. */
const systemLibrary =
  /^(advapi32|bcrypt|kernel32|ntdll|user32|api-ms-win-crt-[a-z-]+-l1-1-0)\.dll$/i;

/** What is wrong with a file that should be the addon for Windows. */
function faultsOf({ arch }: Target, file: PortableExecutable): string[] {
  const faults: string[] = [];
  const expectThat = (good: boolean, fault: string): void => {
    if (!good) faults.push(fault);
  };
  expectThat(file.machine === machines[arch], `is for machine ${file.machine}`);
  expectThat(file.isLibrary, 'is no library');
  expectThat(file.isHardened, 'may not be loaded anywhere');
  expectThat(file.symbols === 0, 'is not stripped');
  for (const name of file.needed) expectThat(systemLibrary.test(name), `needs ${name}`);
  const exported = [...file.exported].sort().join();
  expectThat(exported === 'napi_register_module_v1,node_api_module_get_api_version_v1', exported);
  return faults;
}

const forWindows = targets.filter(({ platform }) => platform === 'win32');

describe('an addon for Windows', () => {
  it.each(forWindows)('for $arch fits it', async (target) => {
    expect(faultsOf(target, await readPe(join(installed, prebuiltFile(target))))).toEqual([]);
  });

  it('is found wanting if it is for another processor, or made in another way', async () => {
    const [one, other] = forWindows as [Target, Target];
    expect(forWindows).toHaveLength(2);
    const file = await readPe(join(installed, prebuiltFile(one)));
    expect(faultsOf(other, file)).toEqual([`is for machine ${machines[one.arch]}`]);
    const plain = { ...file, symbols: 4096, needed: ['node.exe'], exported: ['_Unwind_Resume'] };
    expect(faultsOf(one, plain)).toEqual(['is not stripped', 'needs node.exe', '_Unwind_Resume']);
  });
});
