/**
 * The libFuzzer targets of test/fuzz, with AddressSanitizer and UndefinedBehaviorSanitizer.
 *
 * ```sh
 * npm run fuzz                             # each target for a minute
 * npm run fuzz -- handshake --seconds 600
 * ```
 */
import { Argument, Command, InvalidArgumentError } from 'commander';
import {
  buildFuzzTargets,
  type FuzzTarget,
  fuzz,
  fuzzTargets,
  missingForFuzzing,
} from './fuzz/targets.ts';

const command = new Command('npm run fuzz --')
  .addArgument(new Argument('[targets...]', 'which targets').choices(fuzzTargets))
  .option('--seconds <number>', 'how long each target makes up inputs', toSeconds, 60)
  .parse();
const { seconds } = command.opts<{ seconds: number }>();
const chosen = command.args.length > 0 ? (command.args as FuzzTarget[]) : fuzzTargets;

const missing = missingForFuzzing();
if (missing !== undefined) command.error(`this machine lacks ${missing}`);
if (!(await buildFuzzTargets())) command.error('the targets could not be compiled');

const failed: FuzzTarget[] = [];
for (const target of chosen) if (!(await fuzz(target, seconds))) failed.push(target);
console.log(`\nfuzzing: ${chosen.length - failed.length} of ${chosen.length} targets passed`);
if (failed.length > 0) command.error(`failed: ${failed.join(', ')}`);

function toSeconds(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds > 0) return seconds;
  throw new InvalidArgumentError('a whole number above 0');
}
