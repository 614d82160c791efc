/** What `npm run prebuilds` makes: one file each, named as node-gyp-build looks for it. */
export interface Target {
  readonly platform: 'linux';
  readonly arch: 'x64' | 'arm64';
  readonly libc: 'glibc' | 'musl';
  /** As zig calls it. */
  readonly triple: string;
}

/** The oldest glibc on which Node 20 and Electron run; so the addon asks for no newer one. */
export const glibcFloor = '2.28';

export const targets: readonly Target[] = [
  { platform: 'linux', arch: 'x64', libc: 'glibc', triple: `x86_64-linux-gnu.${glibcFloor}` },
  { platform: 'linux', arch: 'x64', libc: 'musl', triple: 'x86_64-linux-musl' },
  { platform: 'linux', arch: 'arm64', libc: 'glibc', triple: `aarch64-linux-gnu.${glibcFloor}` },
  { platform: 'linux', arch: 'arm64', libc: 'musl', triple: 'aarch64-linux-musl' },
];

/** From the root of the package. */
export function prebuiltFile({ platform, arch, libc }: Target): string {
  return `prebuilds/${platform}-${arch}/ringwire.${libc}.node`;
}

/** Warnings for which a header of that system is to blame. */
export function toleratedWarnings({ libc }: Target): string[] {
  // musl's CMSG_NXTHDR compares numbers with and without a sign.
  return libc === 'musl' ? ['-Wno-sign-compare'] : [];
}
