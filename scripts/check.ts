/** `npm run check`: format, lint, types, C++ format and tidy, duplicated code. */
import { runChecks } from './checks.ts';
import { run } from './run.ts';

// Tests, bench and examples import `ringwire` by name: its types are those of the built files.
const built = await run('npm', ['run', '--silent', 'build']);
const failed = (await runChecks()).filter(([, result]) => result.failed > 0).map(([name]) => name);
if (!built.ok) failed.unshift('build');
if (failed.length > 0) {
  console.error(`\nfailed: ${failed.join('; ')}`);
  process.exitCode = 1;
}
