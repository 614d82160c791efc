import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** What spin finds wrong with a model. */
export type Fault = 'invalid end state' | 'assertion violated' | 'acceptance cycle';

/**
 * The two searches for which spin's program is compiled: for states that must not be, and for runs
 * that go on for ever without what the model's `ltl` wants (weakly fair: whoever can move, moves).
 */
const searches = [
  { compile: ['-DSAFETY', '-DNOCLAIM'], run: [] },
  { compile: [], run: ['-a', '-f'] },
];

/**
 * Searches all states of a model.
 *
 * @param file - the model
 * @param macros - what is defined in it
 * @returns the first fault, or undefined when there is none
 */
export async function search(file: string, macros: readonly string[]): Promise<Fault | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'ringwire-model-'));
  try {
    await execa('spin', ['-a', ...macros.map((name) => `-D${name}`), file], { cwd: folder });
    for (const { compile, run } of searches) {
      await execa('gcc', ['-w', ...compile, '-o', 'pan', 'pan.c'], { cwd: folder });
      const { all } = await execa('./pan', [...run, '-w20', '-m100000'], {
        cwd: folder,
        all: true,
        reject: false,
      });
      const fault = faultIn(all);
      if (fault) return fault;
    }
    return undefined;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @throws when the search was not a whole one */
function faultIn(report: string): Fault | undefined {
  const [, fault] =
    /^pan:1: (invalid end state|assertion violated|acceptance cycle)/m.exec(report) ?? [];
  if (fault) return fault as Fault;
  if (/errors: 0$/m.test(report) && !/^error: |not completed/m.test(report)) return undefined;
  throw new Error(`spin's program did not finish:\n${report}`);
}
