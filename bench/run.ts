/** `npm run bench`: every contender in every scenario, in turn; JSON, Markdown and SVG at the end. */
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
import { describeMachine, machineLine, machineSlug, wasBusy } from './harness/machine.ts';
import { limitsOf, type Options, roundsOf, runOptions } from './harness/options.ts';
import { type Match, matches } from './harness/plan.ts';
import { startProgress } from './harness/progress.ts';
import { contendersOf, folderName, type Results, scenariosOf } from './harness/results.ts';
import { runAll, type Setting } from './harness/runner.ts';
import { updateReadme } from './report/readme.ts';
import { render } from './report/render.ts';
import { failures } from './report/rows.ts';
import { reportMarkdown } from './report/table.ts';

const program = runOptions(new Command('npm run bench --'))
  .description('Measures ringwire against what it replaces: contenders in turn, in one run.')
  .action(run);
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
  .action(async () => console.log(`README.md has the numbers of ${await updateReadme()}`));

try {
  await program.parseAsync();
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function run(options: Options): Promise<void> {
  const chosen = matches({ scenarios: options.scenario, contenders: options.contender });
  requireBuilt(root);
  const setting: Setting = {
    electron: await electronFor(chosen),
    rounds: roundsOf(options),
    seed: options.seed,
    limits: limitsOf(options),
  };
  const date = new Date().toISOString();
  const machine = await describeMachine(setting.electron);
  console.error(`${machineLine(machine)}\nseed ${setting.seed}`);
  if (wasBusy(machine)) console.error(`bench: the machine is busy (load ${machine.load})`);
  await build({ config: join(root, 'bench/tsdown.config.ts'), logLevel: 'warn' });

  const { rounds, seed, limits } = setting;
  const total = chosen.reduce((sum, { contenders }) => sum + contenders.length, 0) * rounds;
  const progress = startProgress(total);
  const trials = await runAll(chosen, setting, progress);
  progress.stop();

  const results: Results = {
    ...{ format: 1, date, quick: options.quick === true, seed, rounds, limits, machine },
    scenarios: scenariosOf(chosen),
    contenders: contendersOf(chosen),
    trials,
  };
  const whole = options.scenario.length + options.contender.length === 0;
  const kind = options.quick ? 'quick' : whole ? 'whole' : 'part';
  const folder =
    options.out ?? join(root, 'bench/results', folderName(date, machineSlug(machine), kind));
  await render(results, folder);
  console.log(options.json ? JSON.stringify(results) : reportMarkdown(results));
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

function listed(all: readonly Match[]): string {
  return all
    .map(({ group, scenario, contenders }) => {
      const ids = contenders.map(({ id }) => id).join(', ');
      return `${group.padEnd(10)}${scenario.id.padEnd(16)}${scenario.title}\n${' '.repeat(26)}${ids}`;
    })
    .join('\n');
}
