/** The application that runs scenarios, with an ES module as its main file. */
import { readFileSync } from 'node:fs';
import { type Plan, planVariable } from '../runner/report.ts';

const plan = JSON.parse(readFileSync(process.env[planVariable] as string, 'utf8')) as Plan;
if (plan.mode === 'ringwire') {
  await import('ringwire/register');
  Object.assign(globalThis, { registered: true });
}
await import(new URL('app.cjs', import.meta.url).href);
