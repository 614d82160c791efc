/**
 * `npm run setup`: system packages, then the Electrons for tests, benchmarks and the demo. Safe to
 * run again at any time; the second run takes about a second.
 *
 * ```sh
 * npm run setup                                # the newest Electron; in CI all
 * npm run setup -- --electron 25.1.1,27.3.10   # these
 * npm run setup -- --electron all
 * ```
 */
import { Command } from 'commander';
import { SetupError } from './electron/errors.ts';
import { fetchRuntimes } from './electron/fetch.ts';
import { describeElectron, electronCandidates, resolveElectron } from './electron/resolve.ts';
import { runtimes, selectRuntimes } from './electron/runtimes.ts';
import { installSystemPackages } from './electron/system-packages.ts';

const known = runtimes.map(({ electron }) => electron).join(', ');
const command = new Command('npm run setup --')
  .option('--electron <versions>', `some of ${known}, or 'all'`, process.env.CI && 'all')
  .parse();
const { electron: list } = command.opts<{ electron?: string }>();

const say = (line: string): void => console.log(`setup: ${line}`);

// Without the packages an Electron may still be fetched, so each of the two says what it lacks.
await attempt(() => installSystemPackages(say));
await attempt(async () => {
  if (list !== undefined) {
    await fetchRuntimes(selectRuntimes(list), say);
  } else if (needsOne()) {
    await fetchRuntimes([runtimes[0]], say);
  }
  say(`found ${describeElectron(await resolveElectron())}`);
});

async function attempt(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(`setup: ${error.message}`);
    process.exitCode = 1;
  }
}

/** Whether no other Electron is there. A fetched one is looked at again: its starter may be older. */
function needsOne(): boolean {
  const [first] = electronCandidates();
  return first === undefined || first.source === 'fetched';
}
