/** `npm run check`: format, lint, types, C++ format and tidy, duplicated code. */
import { runChecks } from './checks.ts';

const failed = (await runChecks()).filter(([, result]) => result.failed > 0);
if (failed.length > 0) {
  console.error(`\nfailed: ${failed.map(([name]) => name).join('; ')}`);
  process.exitCode = 1;
}
