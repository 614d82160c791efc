/** What `npm run prebuilds` compiles for; {@link prebuiltFile} says which file has it. */
export interface Target {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly arch: 'x64' | 'arm64';
  /** Linux only. */
  readonly libc?: 'glibc' | 'musl';
  /** As zig calls it. */
  readonly triple: string;
}

/** The oldest glibc on which Node 20 and Electron run; so the addon asks for no newer one. */
export const glibcFloor = '2.28';

/** The first macOS for Apple silicon; Electron 25 still runs on an older one, for Intel. */
export const macosFloor = '11.0';

export const targets: readonly Target[] = [
  { platform: 'linux', arch: 'x64', libc: 'glibc', triple: `x86_64-linux-gnu.${glibcFloor}` },
  { platform: 'linux', arch: 'x64', libc: 'musl', triple: 'x86_64-linux-musl' },
  { platform: 'linux', arch: 'arm64', libc: 'glibc', triple: `aarch64-linux-gnu.${glibcFloor}` },
  { platform: 'linux', arch: 'arm64', libc: 'musl', triple: 'aarch64-linux-musl' },
  { platform: 'darwin', arch: 'x64', triple: `x86_64-macos.${macosFloor}` },
  { platform: 'darwin', arch: 'arm64', triple: `aarch64-macos.${macosFloor}` },
  { platform: 'win32', arch: 'x64', triple: 'x86_64-windows-gnu' },
  { platform: 'win32', arch: 'arm64', triple: 'aarch64-windows-gnu' },
];

/**
 * From the root of the package, named as node-gyp-build looks for it. Both processors of macOS have one file:
 * electron-builder and `@electron/universal` then find the same in both halves of a universal application.
 */
export function prebuiltFile({ platform, arch, libc }: Target): string {
  if (platform === 'darwin') return 'prebuilds/darwin-x64+arm64/ringwire.node';
  const file = libc ? `ringwire.${libc}.node` : 'ringwire.node';
  return `prebuilds/${platform}-${arch}/${file}`;
}

/** Warnings for which a header of that system is to blame. */
export function toleratedWarnings({ libc }: Target): string[] {
  // musl's CMSG_NXTHDR compares numbers with and without a sign.
  return libc === 'musl' ? ['-Wno-sign-compare'] : [];
}
