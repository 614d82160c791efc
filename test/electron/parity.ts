/**
 * `npm run parity`: writes docs/parity.md from the reports of the last `npm test -- electron`, on
 * each of the tested Electrons. Only of runs that were complete and in which everything was equal;
 * otherwise it says what was not.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveElectron, versionVariable } from '../../scripts/electron/resolve.ts';
import { isBetween, testedVersions } from '../../scripts/electron/runtimes.ts';
import { root } from '../../scripts/run.ts';
import { itemsOf, scenariosIn } from './harness/runner/catalogue.ts';
import { type Platform, renderTable, shownIn } from './harness/runner/table.ts';

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

const docs = join(root, 'docs');
const platforms: Platform[] = [];
for (const [index, version] of testedVersions.entries()) {
  await expectAllEqual(version, !isBetween(index, testedVersions));
  const { chrome, node } = await resolveElectron({ [versionVariable]: version });
  platforms.push({ electron: version, chrome, node });
}
const shown = shownIn(await scenariosIn(''), docs);
await writeFile(join(docs, 'parity.md'), renderTable(shown, platforms));
console.log(`docs/parity.md: ${shown.length} scenarios on Electron ${testedVersions.join(', ')}`);

async function expectAllEqual(version: string, variations: boolean): Promise<void> {
  const file = join(root, `build/test-reports/electron-${version}.json`);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) fail(`there is no ${file}: run npm test -- electron --electron tested`);
  const passed = passedIn(JSON.parse(text) as Report, version);
  const missing = (await itemsOf('', version)).flatMap(({ key, context }) =>
    [
      'stock does what is written down',
      'ringwire does the same',
      ...(variations && context === 'sandboxed'
        ? ['ringwire does the same with every message in a batch']
        : []),
    ]
      .map((test) => `${key}: ${test}`)
      .filter((test) => !passed.has(test)),
  );
  if (missing.length === 0) return;
  fail(`not passed on Electron ${version}, or not run:\n  ${missing.join('\n  ')}`);
}

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
