/** Cost by something that grows: a line for each contender, both axes on a log scale. */
import type { TopLevelSpec } from 'vega-lite';
import type { Axis } from '../../scenarios/scenario.ts';
import { timeAxis } from './axes.ts';
import type { Drawing } from './drawing.ts';
import { colours, theme } from './theme.ts';

const words: Readonly<Record<Axis, { title: string; unit: string }>> = {
  bytes: { title: 'sendSync of bytes that main echoes, by their size', unit: 'bytes' },
  windows: { title: 'A call of invoke, by the number of windows that are busy', unit: 'windows' },
  channels: { title: 'sendSync, by the number of channels main listens on', unit: 'channels' },
  listeners: { title: 'sendSync, by the number of listeners that hear it', unit: 'listeners' },
  'in flight': { title: 'A call of invoke, by how many are in flight', unit: 'in flight' },
};

const inUnits =
  "datum.value >= 1048576 ? datum.value / 1048576 + ' MB'" +
  " : datum.value >= 1024 ? datum.value / 1024 + ' KB' : datum.value + ' B'";

export interface GrowthPlot {
  /** The name of its file. */
  readonly name: string;
  readonly title: string;
  readonly spec: TopLevelSpec;
}

/** Rows of one axis. A size of 0 is drawn where 1 would be: the axis is logarithmic. */
export function growthPlot(axis: Axis, { rows, contenders, subtitle }: Drawing): GrowthPlot {
  const { title, unit } = words[axis];
  const values = rows.map(({ contender, scenario, p50, p99 }) => ({
    at: Math.max(1, scenario.growth?.at ?? 0),
    contender: contender.title,
    p50,
    p99: Math.max(p50, p99),
  }));
  const places = [...new Set(values.map(({ at }) => at))];
  const domain = [Math.min(...places), Math.max(...places)];
  const shown = axis === 'bytes' ? places.filter((at) => at === 1 || at % 4 ** 3 === 0) : places;
  const at = { field: 'at', type: 'quantitative' } as const;
  const p50 = { field: 'p50', type: 'quantitative' } as const;
  const x = {
    field: 'at',
    type: 'quantitative',
    title: unit,
    scale: { type: 'log', nice: false, domain },
    axis: {
      grid: false,
      values: shown,
      labelOverlap: 'greedy',
      ...(axis === 'bytes' && { labelExpr: `datum.value === 1 ? '0 B' : ${inUnits}` }),
    },
  } as const;
  const time = timeAxis(values.flatMap(({ p50, p99 }) => [p50, p99]));
  // The theme's ticks are for scales with bands; on others there would be one too many.
  const y = { ...p50, ...time, axis: { ...time.axis, tickBand: 'center' } } as const;
  const color = {
    field: 'contender',
    type: 'nominal',
    scale: { domain: contenders.map((it) => it.title), range: colours(contenders) },
  } as const;
  const spec: TopLevelSpec = {
    title: { text: title, subtitle: [...subtitle, 'line: p50 · area: up to p99'] },
    data: { values },
    width: 680,
    height: 340,
    layer: [
      {
        mark: { type: 'area', opacity: 0.16 },
        encoding: { x, y: { ...y, stack: null }, y2: { field: 'p99' }, color },
      },
      { mark: { type: 'line', strokeWidth: 2.5 }, encoding: { x: at, y: p50, color } },
      {
        mark: { type: 'point', filled: true, size: 60, opacity: 1 },
        encoding: { x: at, y: p50, color },
      },
    ],
    config: theme,
  };
  return { name: `growth-${axis.replace(' ', '-')}.svg`, title, spec };
}
