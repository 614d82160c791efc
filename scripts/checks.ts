/** What `npm run check` checks, one command each; none of them changes a file. */
import { run } from './run.ts';

/** How a suite or a check ended. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** What the numbers do not say, or nothing. */
  readonly note: string;
}

export function count(passed: number, failed: number, note = ''): Count {
  return { passed, failed, note };
}

const duplicates = (tokens: number, folders: string[]): string[] => [
  ...['jscpd', '--min-tokens', String(tokens), '--exit-code', '1', '--reporters', 'console'],
  ...['--no-colors', '--mode', 'weak', ...folders],
];

const checks: Record<string, readonly string[]> = {
  'format, lint': ['biome', 'ci', '--colors=off', '.'],
  types: ['tsc', '--noEmit', '-p', '.'],
  'C++ lint': ['tsx', 'scripts/native-lint.ts'],
  duplicates: duplicates(70, ['lib', 'native', 'scripts', 'bench', 'examples']),
  'duplicates, tests': duplicates(120, ['test']),
};

export async function runChecks(): Promise<[name: string, result: Count][]> {
  const results: [string, Count][] = [];
  for (const [name, [command = '', ...args]] of Object.entries(checks)) {
    const { ok } = await run(command, args);
    results.push([name, ok ? count(1, 0) : count(0, 1)]);
  }
  return results;
}
