/**
 * `npm run soak -- --minutes 60`: mixed traffic in one real Electron application, between windows of
 * all kinds, Node peers and main. Sizes go from 0 bytes to 8 MiB. Windows are reloaded, closed, killed
 * and stopped; peers end in every way; main is stopped, too. Every message is numbered and its bytes are
 * compared. What ends in good order compares its counts with the other side. Exit code 1 if anything was
 * wrong.
 */
import { availableParallelism, cpus, release, type } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { runSoak } from '../test/soak/launch.ts';
import type { Plan, Report } from '../test/soak/protocol.ts';
import { describeElectron, resolveElectron } from './electron/resolve.ts';
import { run } from './run.ts';

const { minutes, ...sizes } = new Command('npm run soak --')
  .description('Mixed traffic with reloads, closes and kills, counted exactly.')
  .option('--minutes <number>', 'how long', positive, 10)
  .option('--windows <number>', 'windows that live at once', positive, 4)
  .option('--peers <number>', 'Node processes that live at once', positive, 2)
  .option(
    '--pace <milliseconds>',
    'between two disturbances of windows, on average',
    positive,
    1500,
  )
  .option('--seed <number>', 'of all that happens by chance', positive, 1)
  .parse()
  .opts<{ minutes: number; windows: number; peers: number; pace: number; seed: number }>();

for (const script of ['build:native', 'build']) {
  if (!(await run('npm', ['run', '--silent', script])).ok) process.exit(1);
}
const electron = await resolveElectron();
console.log(describeElectron(electron));
console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores, ${type()} ${release()}`);
console.log(`${minutes} min, ${sizes.windows} windows, ${sizes.peers} peers, seed ${sizes.seed}`);

const plan: Plan = { ...sizes, milliseconds: minutes * 60_000, node: process.execPath };
let last: Report | undefined;
const { exitCode, signal, timedOut } = await runSoak(electron, plan, {
  onLine: (line) => console.log(line),
  onReport(report) {
    last = report;
    print(report);
  },
});
const how = timedOut ? 'was stopped: it did not end' : `ended with ${signal ?? exitCode}`;
const good = exitCode === 0 && last?.ended === true;
if (!good) console.error(`\nthe application ${how}`);
console.log(`\nsoak: ${good ? 'nothing was lost, doubled, out of order or changed' : 'FAILED'}`);
process.exitCode = good ? 0 : 1;

function print({ seconds, sums, disturbances, byRing, holdings, faults }: Report): void {
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
  const named = (counts: object): string =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  const { bytes, ...counts } = sums;
  const { residentMemory, external, ...held } = holdings;
  console.log(`\n${seconds} s: ${named(counts)}, ${megabytes(bytes)}; by a ring ${byRing}`);
  console.log(`  ${named(disturbances)}`);
  console.log(
    `  main: ${megabytes(residentMemory)} resident, ${megabytes(external)} external, ${named(held)}`,
  );
  console.log(`  faults: ${faults.length}`);
}

function positive(text: string): number {
  const number = Number(text);
  if (number > 0) return number;
  throw new InvalidArgumentError('a number above 0');
}
