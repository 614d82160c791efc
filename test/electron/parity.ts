/**
 * `npm run parity`: writes docs/parity.md from the report of the last `npm test -- electron`. Only
 * of a run that was complete and in which everything was equal; otherwise it says what was not.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveElectron } from '../../scripts/electron/resolve.ts';
import { root } from '../../scripts/run.ts';
import { itemsOf, scenariosIn } from './harness/catalogue.ts';
import { renderTable, shownOn } from './harness/table.ts';

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

const reportFile = join(root, 'build/test-reports/electron.json');
const docs = join(root, 'docs');

const text = await readFile(reportFile, 'utf8').catch(() => undefined);
if (text === undefined) fail(`there is no ${reportFile}: run npm test -- electron`);
const electron = await resolveElectron();
const major = Number.parseInt(electron.version, 10);
const passed = passedIn(JSON.parse(text) as Report, electron.version);
const missing = (await itemsOf('', major)).flatMap(({ key, context }) =>
  [
    'stock does what is written down',
    'ringwire does the same',
    ...(context === 'sandboxed' ? ['ringwire does the same with every message in a batch'] : []),
  ]
    .map((test) => `${key}: ${test}`)
    .filter((test) => !passed.has(test)),
);
if (missing.length > 0) {
  fail(`not passed on Electron ${electron.version}, or not run:\n  ${missing.join('\n  ')}`);
}
const shown = shownOn(major, await scenariosIn(''), docs);
const { chrome, node } = electron;
await writeFile(
  join(docs, 'parity.md'),
  renderTable(shown, { electron: electron.version, chrome, node }),
);
console.log(`docs/parity.md: ${shown.length} scenarios on Electron ${electron.version}`);

/** The tests of scenarios that passed, as `scenario (context): test`. */
function passedIn(report: Report, version: string): Set<string> {
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  return new Set(
    tests
      .filter(({ status, ancestorTitles: [on] }) => {
        return status === 'passed' && on?.endsWith(`on Electron ${version}`);
      })
      .map(({ ancestorTitles: [, key], title }) => `${key}: ${title}`),
  );
}

function fail(reason: string): never {
  console.error(`parity: ${reason}`);
  process.exit(1);
}
