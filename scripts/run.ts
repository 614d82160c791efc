import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** The folder of package.json, with a slash at its end. */
export const root: string = fileURLToPath(new URL('..', import.meta.url));

export interface Run {
  readonly ok: boolean;
  /** What it printed, both streams as they came. */
  readonly output: string;
}

/** Runs a command of the system or of node_modules/.bin in the root; shows and returns its output. */
export async function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  console.log(`\n$ ${command} ${args.join(' ')}`);
  const result = await execa(command, args, {
    cwd: root,
    env,
    preferLocal: true,
    localDir: root,
    reject: false,
    stdin: 'ignore',
    stdout: ['inherit', 'pipe'],
    stderr: ['inherit', 'pipe'],
    all: true,
  });
  if (result.failed && result.exitCode === undefined) console.error(result.shortMessage);
  return { ok: !result.failed, output: result.all };
}
