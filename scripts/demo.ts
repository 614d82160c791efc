/**
 * `npm run demo`: one application, twice. One has RINGWIRE=off in its environment and so stays on
 * stock IPC; nothing else differs. Both windows stay open and measure in turn, never at once. Ends
 * with a table, a picture, and exit code 0 if each window was on its path.
 */
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { cpus, release, tmpdir, type } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { onExit } from 'signal-exit';
import type { Figures, Report } from '../examples/demo/protocol.ts';
import { Application } from './demo/application.ts';
import { buildDemo } from './demo/build.ts';
import { comparisonTable } from './demo/table.ts';
import { describeElectron, type ResolvedElectron, resolveElectron } from './electron/resolve.ts';
import { root } from './run.ts';

const pictureFile = join(root, 'build/demo/ringwire-demo.png');

interface Options {
  readonly turns: number;
  readonly keep?: true;
}

const options = new Command('npm run demo --')
  .description('Compares Electron IPC with ringwire, side by side in one application.')
  .option('--turns <number>', 'how often each window measures', positive, 8)
  .option('--keep', 'leave the windows open and measuring, until one is closed')
  .parse()
  .opts<Options>();

try {
  await main(options);
} catch (error) {
  console.error(`\ndemo: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function main({ turns, keep }: Options): Promise<void> {
  const headless = process.platform === 'linux' && !process.env.DISPLAY;
  if (keep && headless) throw new Error('--keep needs a display; without one, leave it out');
  const electron = await resolveElectron();
  const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${type()} ${release()}`;
  console.log(`${describeElectron(electron)}\n${machine}`);
  console.log('building...');
  await buildDemo();

  const folder = await mkdtemp(join(tmpdir(), 'ringwire-demo-'));
  onExit(() => rmSync(folder, { recursive: true, force: true }), { alwaysLast: true });
  const running: Application[] = [];
  const start = async (name: string, env: Record<string, string | undefined>, x: number) => {
    const application = await startApplication(name, { electron, env, folder, headless, keep });
    running.push(application);
    application.order({ type: 'place', x, y: 0 });
    return application;
  };
  try {
    const stock = await start('stock', { RINGWIRE: 'off' }, 0);
    const ringwire = await start('ringwire', { RINGWIRE: undefined }, 680);
    const result = await compare(stock, ringwire, turns);

    console.log(`\n${comparisonTable(result.stock, result.ringwire)}\n`);
    console.log(`${result.answersChecked.toLocaleString('en')} answers checked, all of them right`);
    await leavePicture(
      stock,
      ringwire,
      result,
      `${machine} · both windows open, measured in turn, ${turns} turns each`,
    );
    console.log(`picture: ${relative(process.cwd(), pictureFile)}`);
    if (keep) await goOn(stock, ringwire, turns + 1);
    await Promise.all(running.map((application) => application.quit()));
  } finally {
    await Promise.all(running.map((application) => application.kill()));
  }
}

interface StartOptions {
  readonly electron: ResolvedElectron;
  readonly env: Record<string, string | undefined>;
  readonly folder: string;
  readonly headless: boolean;
  readonly keep: true | undefined;
}

/** Each has a profile of its own: two Electrons cannot share one. */
function startApplication(name: string, options: StartOptions): Promise<Application> {
  const { electron, env, folder, headless, keep } = options;
  return Application.start(name, {
    electron,
    appPath: join(root, 'build/demo-app/main.cjs'),
    env: { ...env, XDG_CONFIG_HOME: join(folder, name) },
    // On an invisible screen more pixels cost nobody anything, and the picture is sharper.
    switches: headless ? ['--force-device-scale-factor=2'] : [],
    ...(keep ? {} : { timeout: 180_000 }),
  });
}

interface Comparison {
  readonly stock: Figures;
  readonly ringwire: Figures;
  readonly answersChecked: number;
}

/** In turn, so that what disturbs the machine for a while disturbs both. */
async function compare(
  stock: Application,
  ringwire: Application,
  turns: number,
): Promise<Comparison> {
  const bar = new SingleBar({ format: 'measuring {bar} turn {value}/{total}', noTTYOutput: true });
  bar.start(turns, 0);
  try {
    let last = await both(stock, ringwire, 0, turns);
    for (let number = 1; number <= turns; number++) {
      last = await both(stock, ringwire, number, turns);
      bar.update(number);
    }
    const { figures, answersChecked } = last;
    if (figures === undefined) throw new Error('Nothing was measured');
    return { ...figures, answersChecked };
  } finally {
    bar.stop();
  }
}

async function both(stock: Application, ringwire: Application, number: number, of?: number) {
  const stockReport = await takeTurn(stock, 'stock', number, of);
  const ringwireReport = await takeTurn(ringwire, 'ring', number, of);
  const answersChecked = stockReport.answersChecked + ringwireReport.answersChecked;
  if (stockReport.figures === undefined || ringwireReport.figures === undefined) {
    return { figures: undefined, answersChecked };
  }
  const figures = { stock: stockReport.figures, ringwire: ringwireReport.figures };
  stock.order({ type: 'rival', figures: figures.ringwire });
  ringwire.order({ type: 'rival', figures: figures.stock });
  return { figures, answersChecked };
}

async function takeTurn(
  application: Application,
  expected: 'stock' | 'ring',
  number: number,
  of: number | undefined,
): Promise<Report> {
  const turn = { number, of, warmUp: number === 0 };
  const { report } = await application.ask({ type: 'turn', turn }, 'report');
  if (report.error !== undefined) throw new Error(`${application.name}: ${report.error}`);
  const { path, reason } = report.about.carrier;
  if (path === expected) return report;
  throw new Error(
    path === 'stock'
      ? `The ringwire window is on stock IPC, so there is nothing to compare: ${reason}`
      : 'The stock window is on the ring although RINGWIRE=off is set',
  );
}

async function leavePicture(
  stock: Application,
  ringwire: Application,
  { stock: stockFigures, ringwire: ringwireFigures }: Comparison,
  caption: string,
): Promise<void> {
  const picture = {
    stock: asUrl((await stock.ask({ type: 'photograph' }, 'photo')).png),
    ringwire: asUrl((await ringwire.ask({ type: 'photograph' }, 'photo')).png),
    figures: { stock: stockFigures, ringwire: ringwireFigures },
    caption,
  };
  const { png } = await ringwire.ask({ type: 'compose', picture }, 'photo');
  await mkdir(join(pictureFile, '..'), { recursive: true });
  await writeFile(pictureFile, png);
}

function asUrl(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}

/** For `--keep`: the turns go on until one of the windows is closed. */
async function goOn(stock: Application, ringwire: Application, from: number): Promise<void> {
  console.log('\nThe windows stay open and go on measuring; close one of them to end.');
  let open = true;
  const closed = Promise.race([stock.ended, ringwire.ended]).then(() => {
    open = false;
  });
  for (let number = from; open; number++) {
    await pause(1000);
    await both(stock, ringwire, number, undefined).catch((error: unknown) => {
      if (open) throw error;
    });
  }
  await closed;
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Not a count.');
  return number;
}
