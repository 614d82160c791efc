import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The program that test/hostile/peer.cc and the sources next to it are. */
    readonly hostilePeer: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Compiles the peer: JavaScript cannot break the rules of shared memory and of sockets. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'ringwire-hostile-'));
  // Another user runs it, too.
  chmodSync(folder, 0o755);
  const program = join(folder, 'peer');
  const sources = readdirSync(join(root, 'test/hostile')).filter((file) => file.endsWith('.cc'));
  execFileSync(
    process.env.CXX ?? 'c++',
    [
      ...['-std=c++17', '-O1', '-Wall', '-Wextra', '-I', '../../native', '-I', '../native'],
      ...[...sources, '-o', program],
    ],
    { cwd: join(root, 'test/hostile'), stdio: 'inherit' },
  );
  project.provide('hostilePeer', program);
  return () => rmSync(folder, { recursive: true });
}
