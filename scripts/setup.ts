/**
 * `npm run setup`: system packages, then an Electron for tests, benchmarks and the demo.
 * Safe to run again at any time; the second run takes about a second.
 */
import { fetchCarried } from './electron/carried.ts';
import { SetupError } from './electron/errors.ts';
import { describeElectron, electronCandidates, resolveElectron } from './electron/resolve.ts';
import { installSystemPackages } from './electron/system-packages.ts';

const say = (line: string): void => console.log(`setup: ${line}`);

try {
  await installSystemPackages(say);
  const [first] = electronCandidates();
  // The carried runtime is looked at even when it is there: its starter may be an older one.
  if (first === undefined || first.source === 'carried') await fetchCarried(say);
  say(`found ${describeElectron(await resolveElectron())}`);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`setup: ${error.message}`);
  process.exitCode = 1;
}
