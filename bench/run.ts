/** `npm run bench`: measures every contender in every scenario; writes JSON, Markdown and SVG. */
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { Command } from 'commander';
import { build } from 'tsdown';
import {
  describeElectron,
  type ResolvedElectron,
  resolveElectron,
} from '../scripts/electron/resolve.ts';
import { root } from '../scripts/run.ts';
import { requireBuilt } from './harness/built.ts';
import { floorProgram, lesser, type MeasuredFloor } from './harness/floor.ts';
import { describeMachine, machineLine, machineSlug, wasBusy } from './harness/machine.ts';
import type { Limits } from './harness/measure/measure.ts';
import {
  feelLimits,
  limitsOf,
  type Options,
  type OwnRunOptions,
  ownRunOptions,
  roundsOf,
  runOptions,
} from './harness/options.ts';
import { measureParts } from './harness/parts-run.ts';
import { fitting, type Match, matches, ownMatches } from './harness/plan.ts';
import { contendersOf, folderName, type Results, scenariosOf } from './harness/results.ts';
import { startProgress } from './harness/trials/progress.ts';
import { runAll, type Setting } from './harness/trials/runner.ts';
import type { Parts } from './parts/parts.ts';
import { updateReadme } from './report/readme.ts';
import { render } from './report/render.ts';
import { failures } from './report/rows.ts';
import { reportMarkdown } from './report/table.ts';
import { feelScenarios } from './scenarios/feel.ts';
import { growthScenarios } from './scenarios/growth.ts';

const program = runOptions(new Command('npm run bench --').enablePositionalOptions())
  .description('Measures ringwire against what it replaces: contenders in turn, in one run.')
  .action((options: Options) => {
    const { scenario, contender, quick } = options;
    const whole = scenario.length + contender.length === 0;
    const chosen = matches({ scenarios: scenario, contenders: contender });
    const kind = quick ? 'quick' : whole ? 'whole' : 'part';
    return run({ ...options, chosen, kind, limits: limitsOf(options), place: 'bench/results' });
  });
ownRunOptions(program.command('growth'))
  .description('cost against size and number, and under a flood; into bench/growth')
  .action(({ quick, ...options }: OwnRunOptions) => {
    const kind = quick ? 'quick' : options.scenario.length === 0 ? 'whole' : 'part';
    // There are many places on each axis, so each trial is short: a round takes three minutes.
    const limits = limitsOf({ quick: true });
    const rounds = options.rounds ?? (quick ? 1 : 3);
    const chosen = ownMatches(growthScenarios, options.scenario);
    return run({ ...options, rounds, chosen, kind, limits, place: 'bench/growth' });
  });
ownRunOptions(program.command('feel'))
  .description('starts, first calls, and calls with rests between them; into bench/feel')
  .action(({ quick, ...options }: OwnRunOptions) => {
    const kind = quick ? 'quick' : options.scenario.length === 0 ? 'whole' : 'part';
    const limits = quick ? limitsOf({ quick }) : feelLimits;
    const rounds = options.rounds ?? (quick ? 1 : 3);
    const chosen = ownMatches(feelScenarios, options.scenario);
    return run({ ...options, rounds, chosen, kind, limits, place: 'bench/feel' });
  });
program
  .command('list')
  .description('prints scenarios and contenders')
  .action(() => console.log(listed(matches({ scenarios: [], contenders: [] }))));
program
  .command('render <results.json>')
  .description('makes the table and the plots of a run anew')
  .action(async (file: string) => {
    const results = JSON.parse(await readFile(file, 'utf8')) as Results;
    console.log((await render(results, dirname(file))).join('\n'));
  });
program
  .command('readme')
  .description('writes the numbers of the newest committed results into README.md')
  .action(async () =>
    console.log(`README.md has the numbers of ${(await updateReadme()).join(' and ')}`),
  );

try {
  await program.parseAsync();
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

interface Task extends Pick<Options, 'quick' | 'rounds' | 'seed' | 'json' | 'out'> {
  readonly chosen: readonly Match[];
  readonly kind: 'whole' | 'quick' | 'part';
  readonly limits: Limits;
  /** The folder of results, unless `--out` names another. */
  readonly place: string;
}

async function run(task: Task): Promise<void> {
  const { kind, limits } = task;
  requireBuilt(root);
  const electron = await electronFor(task.chosen);
  const chosen = fitting(task.chosen, electron?.version);
  for (const { scenario } of task.chosen.filter((match) => !chosen.includes(match))) {
    console.error(`left out: ${scenario.id}, which Electron ${electron?.version} has no more`);
  }
  const setting: Setting = { electron, rounds: roundsOf(task), seed: task.seed, limits };
  const date = new Date().toISOString();
  const machine = await describeMachine(setting.electron);
  console.error(`${machineLine(machine)}\nseed ${setting.seed}`);
  if (wasBusy(machine)) console.error(`bench: the machine is busy (load ${machine.load})`);
  await build({ config: join(root, 'bench/tsdown.config.ts'), logLevel: 'warn' });
  const measureFloor = await floorProgram();
  const floors: MeasuredFloor[] = [];
  const parts = await partsFor(chosen, electron);

  const { rounds, seed } = setting;
  const total = chosen.reduce((sum, { contenders }) => sum + contenders.length, 0) * rounds;
  const progress = startProgress(total);
  const trials = await runAll(chosen, setting, progress, async () => {
    floors.push(await measureFloor());
  });
  progress.stop();
  floors.push(await measureFloor());
  const floor = floors.reduce(lesser);

  const results: Results = {
    ...{ format: 1, date, quick: kind === 'quick', seed, rounds, limits, machine, floor },
    ...(parts && { parts }),
    scenarios: scenariosOf(chosen, floor),
    contenders: contendersOf(chosen),
    trials,
  };
  const selected = electron?.source === 'selected' ? electron.version : undefined;
  const name = folderName(date, machineSlug(machine), kind, selected);
  const folder = task.out ?? join(root, task.place, name);
  await render(results, folder);
  console.log(task.json ? JSON.stringify(results) : reportMarkdown(results));
  console.error(`results: ${relative(process.cwd(), folder)}`);

  const failed = failures(results).length;
  if (failed > 0) throw new Error(`${failed} of ${total} trials failed`);
}

async function electronFor(chosen: readonly Match[]): Promise<ResolvedElectron | undefined> {
  if (!chosen.some(({ group }) => group === 'electron')) return undefined;
  const electron = await resolveElectron();
  console.error(describeElectron(electron));
  return electron;
}

/** Newer Electrons dispatch in another way: what cannot be measured there is left out. */
async function partsFor(
  chosen: readonly Match[],
  electron: ResolvedElectron | undefined,
): Promise<Parts | undefined> {
  if (!electron || !chosen.some(({ scenario }) => scenario.recipe)) return undefined;
  try {
    return await measureParts(electron, join(root, 'build/bench/electron/parts.cjs'));
  } catch (error) {
    console.error(`bench: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}

function listed(all: readonly Match[]): string {
  return all
    .map(({ group, scenario, contenders }) => {
      const ids = contenders.map(({ id }) => id).join(', ');
      return `${group.padEnd(10)}${scenario.id.padEnd(16)}${scenario.title}\n${' '.repeat(26)}${ids}`;
    })
    .join('\n');
}
