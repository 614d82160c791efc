/** How many times faster, as bars from 1, with the target where there is one. */
import type { TopLevelSpec } from 'vega-lite';
import { times } from '../format.ts';
import { type LogAxis, logAxis, scenarioAxis } from './axes.ts';
import type { Drawing } from './drawing.ts';
import { colours, ink, theme } from './theme.ts';

const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

export function ratioPlot(title: string, { rows, contenders, subtitle }: Drawing): TopLevelSpec {
  const values = rows.flatMap(({ scenario, contender, ratio }) =>
    ratio === undefined
      ? []
      : [
          {
            scenario: scenario.title,
            contender: contender.title,
            one: 1,
            ratio: ratio.p50.p50,
            low: ratio.p50.min,
            high: ratio.p50.max,
            target: scenario.target?.p50 ?? null,
            label: times(ratio.p50.p50),
          },
        ],
  );
  const challengers = contenders.filter(({ title: it }) =>
    values.some(({ contender }) => contender === it),
  );
  const ids = challengers.map((it) => it.title);
  const place = {
    y: scenarioAxis(rows.filter(({ ratio }) => ratio !== undefined)),
    yOffset: { field: 'contender', type: 'nominal', sort: ids },
  } as const;
  const width = 580;
  return {
    title: {
      text: title,
      subtitle: [
        ...subtitle,
        'bar: p50, median of all pairs · line: from the worst pair to the best · tick: the target',
      ],
    },
    data: { values },
    width,
    height: { step: 26, for: 'offset' },
    layer: [
      {
        mark: { type: 'bar', height: 16, cornerRadiusEnd: 4 },
        encoding: {
          ...place,
          x: { field: 'one', type: 'quantitative', ...ratioAxis(values) },
          x2: { field: 'ratio' },
          color: {
            field: 'contender',
            type: 'nominal',
            scale: { domain: ids, range: colours(challengers) },
            legend: ids.length > 1 ? {} : null,
          },
        },
      },
      {
        mark: { type: 'rule', strokeWidth: 1.5, color: ink, opacity: 0.5 },
        encoding: {
          ...place,
          x: { field: 'low', type: 'quantitative' },
          x2: { field: 'high' },
        },
      },
      {
        transform: [{ filter: 'datum.target !== null' }],
        mark: { type: 'tick', thickness: 3, size: 26, color: ink, opacity: 1 },
        encoding: { ...place, x: { field: 'target', type: 'quantitative' } },
      },
      {
        mark: { type: 'text', align: 'right', fontSize: 14, fontWeight: 600, color: ink },
        encoding: {
          ...place,
          x: { value: width + 62 },
          text: { field: 'label', type: 'nominal' },
        },
      },
      {
        data: { values: [{ one: 1 }] },
        mark: { type: 'rule', color: ink, strokeWidth: 1 },
        encoding: { x: { field: 'one', type: 'quantitative' } },
      },
    ],
    config: theme,
  };
}

function ratioAxis(
  values: readonly { low: number; high: number; target: number | null }[],
): LogAxis {
  const least = Math.min(0.5, ...values.map(({ low }) => low));
  const most = Math.max(100, ...values.map(({ high, target }) => Math.max(high, target ?? 1)));
  const domain = [steps.findLast((step) => step <= least) ?? least, most * 1.2];
  return logAxis(domain, steps, "datum.value + '×'");
}
