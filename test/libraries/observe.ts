/**
 * Prints what a flow observes: the way to see what a library really does.
 * `npx tsx test/libraries/observe.ts <folder> [stock|ringwire]`
 */
import { resolveElectron } from '../../scripts/electron/resolve.ts';
import type { Mode } from '../electron/harness/runner/report.ts';
import { prepareApplication } from './application.ts';
import { runFlow } from './harness/run.ts';

const [folder = '', mode = 'stock'] = process.argv.slice(2);
await prepareApplication();
const report = await runFlow(await resolveElectron(), folder, mode as Mode);
console.log(JSON.stringify(report, undefined, 2));
if (report.error !== undefined) console.log(report.error);
