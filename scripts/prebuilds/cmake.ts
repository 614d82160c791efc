/** Compiles the addon for systems that node-gyp compiles for only where they run. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { run } from '../run.ts';
import { type Target, toleratedWarnings } from './targets.ts';

/** What CMake calls the systems. */
export const systems = { linux: 'Linux', darwin: 'Darwin', win32: 'Windows' };

/** What CMake's own description of a system expects of its compiler, and zig does not have. */
const peculiarities: Record<Target['platform'], readonly string[]> = {
  linux: [],
  darwin: [
    // Only an installation would call it.
    '-DCMAKE_INSTALL_NAME_TOOL=/bin/false',
    '-DCMAKE_OSX_DEPLOYMENT_TARGET=',
    '-DCMAKE_OSX_SYSROOT=',
  ],
  win32: [],
};

/** The addon for a target, made by zig; undefined if it does not compile. */
export async function compileByCmake(
  target: Target,
  zig: string,
  staging: string,
): Promise<string | undefined> {
  const { platform, arch, triple } = target;
  const folder = join(staging, `build/${platform}-${arch}`);
  const flags = [
    ...['-Werror', `-ffile-prefix-map=${staging}=.`, `-ffile-prefix-map=${folder}=.`],
    ...toleratedWarnings(target),
  ];
  const configured = await run(
    'cmake',
    [
      ...['-S', staging, '-B', folder, '--log-level=WARNING', '-DCMAKE_BUILD_TYPE=Release'],
      `-DCMAKE_SYSTEM_NAME=${systems[platform]}`,
      `-DCMAKE_SYSTEM_PROCESSOR=${arch === 'arm64' ? 'aarch64' : 'x86_64'}`,
      `-DCMAKE_CXX_FLAGS=${flags.join(' ')}`,
      '-DCMAKE_JS_VERSION=prebuild',
      `-DCMAKE_JS_INC=${join(staging, 'node_modules/node-api-headers/include')}`,
      ...peculiarities[platform],
    ],
    { CXX: `${zig} c++ -target ${triple}` },
  );
  if (!configured.ok) return undefined;
  const built = await run(
    'cmake',
    ['--build', folder, '--target', 'ringwire', '-j', String(availableParallelism())],
    // Else the linker for Windows writes down when it ran.
    { SOURCE_DATE_EPOCH: '0' },
  );
  return built.ok ? join(folder, 'ringwire.node') : undefined;
}
