import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/**
 * Compiles what keeps a process from binding abstract names but those that begin with a prefix.
 *
 * @returns the environment for such a process
 */
export async function confine(folder: string, prefix: string): Promise<Record<string, string>> {
  const source = fileURLToPath(new URL('../fixtures/confine.c', import.meta.url));
  const library = join(folder, 'confine.so');
  await execa`${process.env.CC ?? 'cc'} -shared -fPIC -o ${library} ${source} -ldl`;
  return { LD_PRELOAD: library, CONFINED_TO: prefix };
}
