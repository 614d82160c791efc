/** results.json as pictures. Light, on a log scale, with what was measured on in the title. */
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { machineLines, wasBusy } from '../../harness/machine.ts';
import type { Results } from '../../harness/results.ts';
import { rowsOf } from '../rows.ts';
import { cpuPlot } from './cpu.ts';
import type { Drawing } from './drawing.ts';
import { growthPlot } from './growth.ts';
import { plotNames } from './names.ts';
import { ratioPlot } from './ratio.ts';
import { useSansSerifWidths } from './text-width.ts';
import { timePlot } from './time.ts';

export interface Plot {
  readonly name: string;
  /** What it shows, for those who do not see it. */
  readonly alt: string;
  readonly svg: string;
}

export async function plots(results: Results): Promise<Plot[]> {
  // Only times share an axis.
  const all = rowsOf(results).filter(({ scenario }) => scenario.unit === 'us');
  const rows = all.filter(({ scenario }) => scenario.growth === undefined);
  const drawing = (group: string): Drawing => ({
    rows: rows.filter(({ scenario }) => scenario.group === group),
    contenders: results.contenders.filter((it) => it.group === group),
    subtitle: [...machineLines(results.machine), how(results)],
  });
  const electron = drawing('electron');
  const node = drawing('node');
  const compared = electron.rows.some(({ ratio }) => ratio !== undefined);

  const found: Plot[] = [];
  const draw = async (name: string, alt: string, spec: TopLevelSpec): Promise<void> => {
    found.push({ name, alt, svg: await toSvg(spec) });
  };
  if (electron.rows.length > 0) {
    const title = 'Electron IPC: the time of one message';
    await draw(plotNames.electron, title, timePlot(title, electron));
  }
  if (compared) {
    const faster = 'Electron IPC: how many times faster ringwire is than stock';
    await draw(plotNames.electronRatio, faster, ratioPlot(faster, electron));
    const cpu = 'Electron IPC: CPU time of one message, window and main together';
    await draw(plotNames.electronCpu, cpu, cpuPlot(cpu, electron));
  }
  if (node.rows.length > 0) {
    const title = 'Plain Node: the time of one message between two processes';
    await draw(plotNames.node, title, timePlot(title, node));
  }
  const growing = all.filter(({ scenario }) => scenario.growth !== undefined);
  for (const axis of new Set(growing.map(({ scenario }) => scenario.growth?.axis))) {
    if (axis === undefined) continue;
    const along = growing.filter(({ scenario }) => scenario.growth?.axis === axis);
    const { name, title, spec } = growthPlot(axis, { ...electron, rows: along });
    await draw(name, title, spec);
  }
  return found;
}

function how({ date, rounds, quick, machine }: Results): string {
  const kind = quick ? 'a quick run, good for a look only' : `medians of ${rounds} rounds`;
  const busy = wasBusy(machine) ? ` · the machine was busy (load ${machine.load})` : '';
  return `${date.slice(0, 10)} · ${kind} · fresh processes for every trial, contenders in turn${busy}`;
}

async function toSvg(spec: TopLevelSpec): Promise<string> {
  useSansSerifWidths();
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return `${svg}\n`;
}
