/** A dot at p50 and a bar from there to p99, for each contender in each scenario. */
import type { TopLevelSpec } from 'vega-lite';
import { duration, times } from '../format.ts';
import { places, timeAxis } from './axes.ts';
import type { Drawing } from './drawing.ts';
import { colours, ink, theme } from './theme.ts';

const placeHeight = 22;

export function timePlot(title: string, { rows, contenders, subtitle }: Drawing): TopLevelSpec {
  const { of: place, length, axis } = places(rows);
  const values = rows.map(({ contender, p50, p99, ratio }, i) => ({
    place: place[i],
    contender: contender.title,
    p50,
    p99: Math.max(p50, p99),
    label: duration(p50) + (ratio ? ` · ${times(ratio.p50.p50)}` : ''),
  }));
  const y = { field: 'place', type: 'quantitative', ...axis } as const;
  const color = {
    field: 'contender',
    type: 'nominal',
    scale: { domain: contenders.map((it) => it.title), range: colours(contenders) },
  } as const;
  return {
    title: {
      text: title,
      subtitle: [...subtitle, 'dot: p50 · bar: up to p99 · × how many times faster than the first'],
    },
    data: { values },
    width: 680,
    height: length * placeHeight,
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 7, strokeCap: 'round', opacity: 0.32 },
        encoding: {
          y,
          color,
          x: {
            field: 'p50',
            type: 'quantitative',
            ...timeAxis(values.flatMap(({ p50, p99 }) => [p50, p99])),
          },
          x2: { field: 'p99' },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 95, opacity: 1 },
        encoding: { y, color, x: { field: 'p50', type: 'quantitative' } },
      },
      {
        mark: { type: 'text', align: 'left', dx: 11, fontSize: 11.5, color: ink },
        encoding: {
          y,
          x: { field: 'p99', type: 'quantitative' },
          text: { field: 'label', type: 'nominal' },
        },
      },
    ],
    config: theme,
  };
}
