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

/** What tools write; and an example, since somebody copies it as a whole. */
const mayRepeat = [
  ...['results', 'growth', 'feel'].map((runs) => `**/bench/${runs}/**`),
  '**/package-lock.json',
  ...['**/examples/electron-vite/**', '**/examples/forge-vite/**'],
];

const checks: Record<string, readonly string[]> = {
  'format, lint': ['biome', 'ci', '--colors=off', '.'],
  TypeScript: ['tsc', '--noEmit', '-p', '.'],
  'C++ lint': ['tsx', 'scripts/native-lint.ts'],
  // 90 tokens are about a dozen lines: longer than a signature, imports or a scenario's outline.
  duplicates: [
    ...['jscpd', '--min-tokens', '90', '--mode', 'weak', '--exit-code', '1', '--no-colors'],
    ...['--ignore', mayRepeat.join(',')],
    ...['lib', 'native', 'scripts', 'bench', 'examples', 'test'],
  ],
};

export async function runChecks(): Promise<[name: string, result: Count][]> {
  const results: [string, Count][] = [];
  for (const [name, [command = '', ...args]] of Object.entries(checks)) {
    const { ok } = await run(command, args);
    results.push([name, ok ? count(1, 0) : count(0, 1)]);
  }
  return results;
}
