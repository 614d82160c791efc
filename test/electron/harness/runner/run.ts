/** Runs scenarios in real Electron and hands back what was observed; vitest's side of report.ts. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchElectron } from '../../../../scripts/electron/launch.ts';
import type { ResolvedElectron } from '../../../../scripts/electron/resolve.ts';
import type { Observations, Scenario } from '../scenario.ts';
import { type Entry, type Mode, type Plan, type PlanItem, planVariable } from './report.ts';

export interface Outcome {
  readonly observations: Observations;
  /** Why it did not come to its end in good order. */
  readonly error: string | undefined;
}

export interface RunItem extends PlanItem {
  readonly scenario: Scenario;
}

/** Outcomes by key. One Electron serves all items that do not need a process of their own. */
export async function runScenarios(
  electron: ResolvedElectron,
  app: string,
  mode: Mode,
  items: readonly RunItem[],
  env: Readonly<Record<string, string>> = {},
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const alone = items.filter(({ scenario }) => scenario.process || scenario.beforeRegister);
  const together = items.filter((item) => !alone.includes(item));
  for (let batch of [together, ...alone.map((item) => [item])]) {
    while (batch.length > 0) {
      const found = await runProcess(electron, app, mode, batch, env);
      for (const [key, outcome] of found) outcomes.set(key, outcome);
      // After a hang or a crash the rest runs in a new process; each round takes at least one off.
      batch = batch.filter(({ key }) => !outcomes.has(key));
    }
  }
  return outcomes;
}

async function runProcess(
  electron: ResolvedElectron,
  app: string,
  mode: Mode,
  items: readonly RunItem[],
  env: Readonly<Record<string, string>>,
): Promise<Map<string, Outcome>> {
  const folder = await mkdtemp(join(tmpdir(), 'ringwire-parity-'));
  try {
    const report = join(folder, 'report.jsonl');
    const planItems = items.map(({ scenario: _, ...item }) => item);
    const plan: Plan = { mode, report, folder, items: planItems };
    const planFile = join(folder, 'plan.json');
    await writeFile(planFile, JSON.stringify(plan));
    const extra = items[0]?.scenario.process;
    const run = await launchElectron({
      electron,
      appPath: extra?.module ? app.replace(/\.cjs$/, '-module.mjs') : app,
      env: { ...env, ...extra?.env, [planVariable]: planFile },
      switches: ['--js-flags=--expose-gc', ...(extra?.switches ?? [])],
      // Each scenario has its own watchdog inside; this one is for a main process that is stuck.
      timeout: 60_000 + items.reduce((sum, { scenario }) => sum + (scenario.timeout ?? 60_000), 0),
    });
    const { exitCode, signal, timedOut, output } = await run.exited;
    const text = existsSync(report) ? await readFile(report, 'utf8') : '';
    const how = timedOut ? 'was killed as stuck' : `ended with ${signal ?? `code ${exitCode}`}`;
    return readReport(text, items, `Electron ${how}, having printed:\n${tail(output, 40)}`);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function readReport(text: string, items: readonly RunItem[], ending: string): Map<string, Outcome> {
  const observed = new Map<string, Record<string, string[]>>();
  const outcomes = new Map<string, Outcome>();
  let running: string | undefined;
  const end = (key: string, error: string | undefined): void => {
    const observations = observed.get(key) ?? {};
    const report = error && `${error}\nlast lines:\n${lastLines(observations)}`;
    outcomes.set(key, { observations, error: report });
  };
  for (const json of text.split('\n')) {
    if (json === '') continue;
    const entry = JSON.parse(json) as Entry;
    running = entry.type === 'end' ? undefined : entry.key;
    if (entry.type === 'end') end(entry.key, entry.error);
    if (entry.type !== 'line') continue;
    const lines = observed.get(entry.key) ?? {};
    observed.set(entry.key, lines);
    lines[entry.actor] = [...(lines[entry.actor] ?? []), entry.line];
  }
  // The process ended in the middle of one, or before it came to the first.
  if (outcomes.size === 0) running ??= items[0]?.key;
  if (running !== undefined) end(running, ending);
  return outcomes;
}

function lastLines(lines: Observations): string {
  const shown = Object.entries(lines).flatMap(([actor, all]) =>
    all.slice(-5).map((line) => `  ${actor}: ${line.slice(0, 300)}`),
  );
  return shown.length === 0 ? '  (none)' : shown.join('\n');
}

function tail(text: string, lines: number): string {
  return text.split('\n').slice(-lines).join('\n');
}
