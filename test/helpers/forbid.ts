import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/**
 * Writes a program into `folder` that starts `program` with its arguments, where the kernel refuses
 * these system calls.
 */
export async function forbidding(
  folder: string,
  calls: readonly string[],
  program: string,
): Promise<string> {
  const source = fileURLToPath(new URL('../fixtures/forbid.c', import.meta.url));
  const forbid = join(folder, 'forbid');
  await execa`${process.env.CC ?? 'cc'} -o ${forbid} ${source}`;
  const script = join(folder, calls.join('-'));
  const text = `#!/bin/sh\nexec '${forbid}' ${calls.join(',')} '${program}' "$@"\n`;
  await writeFile(script, text, { mode: 0o755 });
  return script;
}
