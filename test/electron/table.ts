/**
 * Writes docs/parity.md from the report of the last whole run of the Electron suite:
 *
 * ```sh
 * npm test -- electron && npm run parity
 * ```
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveElectron } from '../../scripts/electron/resolve.ts';
import { root } from '../../scripts/run.ts';
import { scenariosIn } from './harness/catalogue.ts';
import { type Assertion, parityTables } from './harness/table.ts';

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly Assertion[] }[];
}

const report = join(root, 'build/test-reports/electron.json');
const { testResults } = JSON.parse(await readFile(report, 'utf8')) as Report;
const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
const scenarios = (await scenariosIn('')).flatMap(([, list]) => list);
const { version, chrome, node } = await resolveElectron();

const text = `# Side by side with Electron

<!-- Made by \`npm run parity\`; do not edit. -->

Each scenario is a script that does what an application could do and writes down what it sees. It
runs twice in the same Electron, on stock IPC and with ringwire, in each of the kinds of window it
names; both runs have to see what is written in the scenario, and exactly the same. In the run with
ringwire every frame that can be on a ring has to be on it. *Equal* counts the kinds of window.

There is no row in which ringwire differs on purpose, so the only switch back to what Electron does
is \`RINGWIRE=off\`. Beyond these rows \`test/electron/crossings.test.ts\` sends random values (cycles, shared parts,
views of one buffer, lone surrogates, what cannot be cloned) by every way through both.

Run on Electron ${version} (Chromium ${chrome}, Node ${node}) for ${process.platform} ${process.arch}.

${parityTables(scenarios, tests)}
`;
await writeFile(join(root, 'docs/parity.md'), text);
console.log('docs/parity.md');
