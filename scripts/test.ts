/**
 * `npm test`: builds what the tests need, runs every suite, and ends with the one line
 * `N passed, N failed`.
 *
 * ```sh
 * npm test                    # everything
 * npm test -- unit process    # some suites
 * npm test -- --checks        # format, lint, types and duplicates first, counted with the rest
 * ```
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { type Count, count, runChecks } from './checks.ts';
import { ensureDisplay } from './electron/display.ts';
import { describeElectron, resolveElectron } from './electron/resolve.ts';
import { root, run } from './run.ts';

const reports = join(root, 'build/test-reports');

/** In this order: what is quick and explains the failures of the rest comes first. */
const suites: Record<string, () => Promise<Count>> = {
  unit: () => vitest('unit'),
  types: () => vitest('types'),
  native,
  process: () => vitest('process'),
  hostile: () => vitest('hostile'),
  package: () => vitest('package'),
  electron: () => inElectron('electron'),
  libraries: () => inElectron('libraries'),
};

const command = new Command('npm test --')
  .addArgument(new Argument('[suites...]', 'which suites').choices(Object.keys(suites)))
  .option('--checks', 'run the checks of `npm run check` too')
  .parse();
const chosen = command.args.length > 0 ? command.args : Object.keys(suites);
const results: [name: string, result: Count][] = [];

await rm(reports, { recursive: true, force: true });
await mkdir(reports, { recursive: true });
record('build', await build());
if (command.opts().checks) for (const row of await runChecks()) record(...row);
for (const name of chosen) record(name, (await suites[name]?.()) ?? count(0, 1));
summarize();

function record(name: string, result: Count): void {
  results.push([name, result]);
}

/** The addon, and the files that `ringwire` stands for. Counts only when it fails. */
async function build(): Promise<Count> {
  for (const script of ['build:native', 'build']) {
    if (!(await run('npm', ['run', '--silent', script])).ok) return count(0, 1, `${script} failed`);
  }
  return count(0, 0);
}

async function vitest(project: string): Promise<Count> {
  const report = join(reports, `${project}.json`);
  const { ok } = await run('npx', [
    ...['vitest', 'run', '--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ]);
  return readReport(report, ok);
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly { status: string; assertionResults: readonly unknown[] }[];
}

/** A file that could not even be loaded has no tests, and counts as one failure. */
async function readReport(file: string, ok: boolean): Promise<Count> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return count(0, 1, 'ended without a report');
  const report = JSON.parse(text) as Report;
  const broken = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  );
  const failed = report.numFailedTests + broken.length;
  const note = report.numPendingTests > 0 ? `${report.numPendingTests} skipped` : '';
  // Without a failed test, vitest fails for errors outside of tests, or because it found no test.
  return count(report.numPassedTests, failed === 0 && !ok ? 1 : failed, note);
}

/** ctest's own closing line, once for every build of the C++ tests: plain, and with sanitizers. */
async function native(): Promise<Count> {
  const { ok, output } = await run('tsx', ['scripts/native-test.ts']);
  const closing = /tests passed, (\d+) tests? failed out of (\d+)/g;
  let [passed, failed] = [0, 0];
  for (const [, failures, all] of output.matchAll(closing)) {
    failed += Number(failures);
    passed += Number(all) - Number(failures);
  }
  return count(passed, failed === 0 && (!ok || passed === 0) ? 1 : failed);
}

/** Not being able to run Electron is no failure of the code on a desk, but is one in CI. */
async function inElectron(project: string): Promise<Count> {
  try {
    console.log(describeElectron(await resolveElectron()));
    await ensureDisplay();
  } catch (error) {
    const reason = `NOT RUN, no Electron: ${(error as Error).message}`;
    console.error(reason);
    return count(0, process.env.CI ? 1 : 0, reason);
  }
  return vitest(project);
}

function summarize(): void {
  let [passed, failed] = [0, 0];
  console.log();
  for (const [name, result] of results) {
    passed += result.passed;
    failed += result.failed;
    const counts = `${result.passed} passed, ${result.failed} failed`.padStart(24);
    if (result.passed + result.failed > 0 || result.note !== '') {
      console.log(`  ${name.padEnd(12)}${counts}  ${result.note}`.trimEnd());
    }
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
