/**
 * Prints what scenarios observe where it is not what they expect, or everything with --all: the
 * way to see what Electron really does.
 * `npx tsx test/electron/observe.ts [--ringwire] [--all] [part of a name]`
 */
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { build } from 'tsdown';
import { resolveElectron } from '../../scripts/electron/resolve.ts';
import { appFile, itemsOf } from './harness/runner/catalogue.ts';
import { runScenarios } from './harness/runner/run.ts';
import { expectedOf, majorOf } from './harness/scenario.ts';

const { values: options, positionals } = parseArgs({
  options: {
    ringwire: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const config = fileURLToPath(new URL('./tsdown.config.ts', import.meta.url));
await build({ config, logLevel: 'warn' });
const electron = await resolveElectron();
const items = (await itemsOf('', electron.version)).filter(({ key, file }) =>
  [key, file].some((text) => text.includes(positionals[0] ?? '')),
);
const mode = options.ringwire ? 'ringwire' : 'stock';
const outcomes = await runScenarios(electron, appFile, mode, items);
let right = 0;
for (const { key, scenario, context } of items) {
  const { observations = {}, error } = outcomes.get(key) ?? {};
  const expected = Object.entries(expectedOf(scenario, context, majorOf(electron.version)));
  const unmet = expected.filter(
    ([actor, lines]) => !isDeepStrictEqual(observations[actor] ?? [], lines),
  );
  if (error === undefined && unmet.length === 0) right++;
  else if (!options.all) console.log(`\n# ${key}${error === undefined ? '' : `\n${error}`}`);
  if (options.all) console.log(`\n# ${key}`, observations, error ?? '');
  else for (const [actor] of unmet) console.log(actor, observations[actor] ?? []);
}
console.log(`\n${right} of ${items.length} as expected on ${mode}`);
