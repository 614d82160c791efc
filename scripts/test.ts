/**
 * `npm test`: builds what the tests need, runs every suite, and ends with the one line
 * `N passed, N failed`.
 *
 * ```sh
 * npm test                    # everything
 * npm test -- unit process    # some suites
 * npm test -- --checks        # format, lint, types and duplicates first, counted with the rest
 * npm test -- --electron 25.1.1,27.3.10   # what runs in Electron, on these; or `tested`, as in CI
 * npm test -- user          # as root: a part of it as an ordinary user, with Chromium's sandbox on
 * ```
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { execa } from 'execa';
import { type Count, count, runChecks } from './checks.ts';
import { ensureDisplay } from './electron/display.ts';
import { describeElectron, resolveElectron, versionVariable } from './electron/resolve.ts';
import { isBetween, selectRuntimes, testedVersions } from './electron/runtimes.ts';
import { buildFuzzTargets, fuzz, fuzzTargets, missingForFuzzing } from './fuzz/targets.ts';
import { byHand, crossBuilds } from './native/cross.ts';
import { canSandbox, isRoot, vitestAsUser } from './ordinary-user.ts';
import { missingForPlatforms } from './platforms.ts';
import { root, run } from './run.ts';

const reports = join(root, 'build/test-reports');

/** In this order: first what is quick, and what explains failures of the rest. */
const suites: Record<string, () => Promise<void>> = {
  unit: () => inNode('unit'),
  types: () => inNode('types'),
  models: () => inSpin(),
  native: async () => record('native', await native([])),
  fuzz: async () => record('fuzz', await fuzzing()),
  process: () => inNode('process'),
  hostile: () => inNode('hostile'),
  package: () => inNode('package'),
  electron: () => inElectrons('electron'),
  libraries: () => inElectrons('libraries'),
  between: () => inBetween(),
  user: async () => recordInTime('user', () => asUser()),
  platforms: () => onPlatforms(),
};

/**
 * In ms since 1970: later than this no optional part begins, which are the Electron between the newest and the oldest,
 * the ordinary user, and other platforms. So CI ends in time on slow machines, too.
 */
const extrasUntil = 1000 * Number(process.env.RINGWIRE_EXTRAS_UNTIL ?? Infinity);

/** How long each fuzz target makes up inputs; `npm run fuzz` takes longer. */
const fuzzSeconds = 10;

/** Files of the electron suite that open windows of every kind, and send what there is to send. */
const typical = ['parity/contexts', 'parity/sync', 'shared-buffers', 'troubles'].map(
  (name) => `test/electron/${name}.test.ts`,
);

const withoutVariations = { PARITY_VARIATIONS: 'off' };

const command = new Command('npm test --')
  .addArgument(new Argument('[suites...]', 'which suites').choices(Object.keys(suites)))
  .option('--checks', 'run the checks of `npm run check` too')
  .option(
    '--electron <versions>',
    `which Electrons: 'all', or 'tested' (${testedVersions.join(', ')}), or some of them`,
  )
  .parse();
const options = command.opts<{ checks?: true; electron?: string }>();
const chosen = command.args.length > 0 ? command.args : Object.keys(suites);
const results: [name: string, result: Count][] = [];

await rm(reports, { recursive: true, force: true });
await mkdir(reports, { recursive: true });
const built = await build();
record('build', built);
if (built.failed > 0) {
  summarize();
  process.exit();
}
if (options.checks) for (const row of await runChecks()) record(...row);
for (const name of chosen) await suites[name]?.();
summarize();

function record(name: string, result: Count): void {
  results.push([name, result]);
}

async function recordInTime(name: string, test: () => Promise<Count>): Promise<void> {
  const late = Date.now() > extrasUntil;
  record(name, late ? count(0, 0, 'NOT RUN: no time was left') : await test());
}

/**
 * The addon and dist/. Counts only if it fails. With `PREBUILDS_ONLY=1` in the environment the addon is that of
 * prebuilds/, so that a machine without a compiler tests what is published.
 */
async function build(): Promise<Count> {
  for (const script of process.env.PREBUILDS_ONLY ? ['build'] : ['build:native', 'build']) {
    if (!(await run('npm', ['run', '--silent', script])).ok) return count(0, 1, `${script} failed`);
  }
  return count(0, 0);
}

async function inNode(project: string): Promise<void> {
  record(project, await vitest(project, project));
}

/** If spin is missing, that is a failure in CI only. */
async function inSpin(): Promise<void> {
  const { failed } = await execa('spin', ['-V'], { reject: false });
  if (!failed) return inNode('models');
  const reason = 'NOT RUN: no spin; npm run setup installs it';
  console.error(reason);
  record('models', count(0, process.env.CI ? 1 : 0, reason));
}

async function vitest(
  project: string,
  name: string,
  env: Readonly<Record<string, string>> = {},
  files: readonly string[] = [],
): Promise<Count> {
  const report = join(reports, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const words = ['vitest', 'run', '--project', project, ...reporters, ...files];
  const { ok } = await run('npx', words, env);
  return readReport(report, ok);
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly { status: string; assertionResults: readonly unknown[] }[];
}

/** A file that could not be loaded has no tests and counts as one failure. */
async function readReport(file: string, ok: boolean): Promise<Count> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return count(0, 1, 'ended without a report');
  const report = JSON.parse(text) as Report;
  const broken = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  );
  const failed = report.numFailedTests + broken.length;
  const note = report.numPendingTests > 0 ? `${report.numPendingTests} skipped` : '';
  // If vitest fails without a failed test, there was an error outside of tests, or no test.
  return count(report.numPassedTests, failed === 0 && !ok ? 1 : failed, note);
}

/** arm64, musl and Windows. If a tool for them is missing, that is a failure in CI only. */
async function onPlatforms(): Promise<void> {
  const missing = missingForPlatforms();
  if (missing !== undefined) {
    return record('platforms', count(0, process.env.CI ? 1 : 0, `NOT RUN, no ${missing}`));
  }
  for (const project of ['process-windows', 'process-musl', 'process-arm64']) {
    await recordInTime(project, () => vitest(project, project));
  }
  for (const build of Object.keys(crossBuilds).filter((name) => !byHand.includes(name))) {
    await recordInTime(build, () => native([build]));
  }
}

/** Counts by ctest's closing line, of which each build of the C++ tests prints one. */
async function native(builds: readonly string[]): Promise<Count> {
  const { ok, output } = await run('tsx', ['scripts/native-test.ts', ...builds]);
  const closing = /tests passed, (\d+) tests? failed out of (\d+)/g;
  let [passed, failed] = [0, 0];
  for (const [, failures, all] of output.matchAll(closing)) {
    failed += Number(failures);
    passed += Number(all) - Number(failures);
  }
  return count(passed, failed === 0 && (!ok || passed === 0) ? 1 : failed);
}

/** Each target counts as one. Without the compiler for it, that is a failure in CI only. */
async function fuzzing(): Promise<Count> {
  const missing = missingForFuzzing();
  if (missing !== undefined) return count(0, process.env.CI ? 1 : 0, `NOT RUN, no ${missing}`);
  if (!(await buildFuzzTargets())) return count(0, fuzzTargets.length, 'could not be compiled');
  let passed = 0;
  for (const target of fuzzTargets) if (await fuzz(target, fuzzSeconds)) passed++;
  return count(passed, fuzzTargets.length - passed);
}

/**
 * The newest of several versions runs all, the oldest all but the parity suite's variations. If no Electron can run,
 * that is a failure in CI only.
 */
async function inElectrons(project: string): Promise<void> {
  try {
    await ensureDisplay();
    const all = electrons();
    for (const [index, selected] of all.entries()) {
      if (isBetween(index, all)) continue;
      const electron = await resolveElectron(selected);
      console.log(describeElectron(electron));
      if (all.length === 1) console.log('others: npm test -- --electron tested');
      const name = `${project} ${electron.version}`;
      const env = index > 0 ? { ...selected, ...withoutVariations } : selected;
      record(name, await vitest(project, name.replace(' ', '-'), env));
    }
  } catch (error) {
    const reason = `NOT RUN, no Electron: ${(error as Error).message}`;
    console.error(reason);
    record(project, count(0, process.env.CI ? 1 : 0, reason));
  }
}

/** What is typical, on the versions between the newest and the oldest, if there are some. */
async function inBetween(): Promise<void> {
  for (const selected of electrons().filter((_, index, all) => isBetween(index, all))) {
    const { [versionVariable]: version = '' } = selected;
    const env = { ...selected, ...withoutVariations };
    const name = `electron ${version}`;
    await recordInTime(name, () => vitest('electron', name.replace(' ', '-'), env, typical));
  }
}

/**
 * A part of the electron suite on the newest Electron, as an ordinary user with Chromium's sandbox
 * on. Who is no root runs all suites so.
 */
async function asUser(): Promise<Count> {
  if (!isRoot()) return count(0, 0, 'the other suites ran as an ordinary user');
  if (!(await canSandbox())) {
    return count(0, 0, 'NOT RUN: an ordinary user may make no namespaces here');
  }
  try {
    const electron = await resolveElectron(electrons()[0]);
    const report = join(reports, 'user.json');
    const ok = await vitestAsUser(electron, ['--project', 'electron', ...typical], report);
    return await readReport(report, ok);
  } catch (error) {
    return count(0, process.env.CI ? 1 : 0, `NOT RUN: ${(error as Error).message}`);
  }
}

/** The environments that select each Electron to run on: one, except in CI or if asked. */
function electrons(): Readonly<Record<string, string>>[] {
  const asked = options.electron ?? (process.env.CI ? 'tested' : undefined);
  if (asked === undefined || process.env.ELECTRON_OVERRIDE_DIST_PATH) return [{}];
  return selectRuntimes(asked).map(({ electron }) => ({ [versionVariable]: electron }));
}

function summarize(): void {
  let [passed, failed] = [0, 0];
  console.log();
  for (const [name, result] of results) {
    passed += result.passed;
    failed += result.failed;
    const counts = `${result.passed} passed, ${result.failed} failed`.padStart(24);
    if (result.passed + result.failed > 0 || result.note !== '') {
      console.log(`  ${name.padEnd(18)}${counts}  ${result.note}`.trimEnd());
    }
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
