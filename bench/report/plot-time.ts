/** A dot at p50 and a bar from there to p99, for each contender in each scenario. */
import type { TopLevelSpec } from 'vega-lite';
import { duration, times } from './format.ts';
import type { Drawing } from './plot.ts';
import { scenarioAxis, timeAxis } from './plot-axes.ts';
import { colours, ink, theme } from './theme.ts';

export function timePlot(title: string, { rows, contenders, subtitle }: Drawing): TopLevelSpec {
  const ids = contenders.map((it) => it.title);
  const values = rows.map(({ scenario, contender, p50, p99, ratio }) => ({
    scenario: scenario.title,
    contender: contender.title,
    p50,
    p99: Math.max(p50, p99),
    label: duration(p50) + (ratio ? ` · ${times(ratio.p50.p50)}` : ''),
  }));
  const place = {
    y: scenarioAxis(rows),
    yOffset: { field: 'contender', type: 'nominal', sort: ids },
  } as const;
  const color = {
    field: 'contender',
    type: 'nominal',
    scale: { domain: ids, range: colours(contenders) },
  } as const;
  return {
    title: {
      text: title,
      subtitle: [...subtitle, 'dot: p50 · bar: up to p99 · × how many times faster than the first'],
    },
    data: { values },
    width: 680,
    height: { step: 20, for: 'offset' },
    layer: [
      {
        mark: { type: 'bar', height: 7, opacity: 0.32, cornerRadiusEnd: 3.5 },
        encoding: {
          ...place,
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
        encoding: { ...place, color, x: { field: 'p50', type: 'quantitative' } },
      },
      {
        mark: { type: 'text', align: 'left', dx: 9, fontSize: 11.5, color: ink },
        encoding: {
          ...place,
          x: { field: 'p99', type: 'quantitative' },
          text: { field: 'label', type: 'nominal' },
        },
      },
    ],
    config: theme,
  };
}
