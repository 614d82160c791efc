/** CPU time per message: a dot for each contender, a line from the first of them to the others. */
import type { TopLevelSpec } from 'vega-lite';
import { duration, times } from '../format.ts';
import { scenarioAxis, timeAxis } from './axes.ts';
import type { Drawing } from './drawing.ts';
import { colours, ink, theme } from './theme.ts';

export function cpuPlot(title: string, { rows, contenders, subtitle }: Drawing): TopLevelSpec {
  const values = rows.flatMap(({ scenario, contender, cpu, ratio }) =>
    cpu === undefined || cpu <= 0
      ? []
      : [
          {
            scenario: scenario.title,
            contender: contender.title,
            cpu,
            label: duration(cpu) + (ratio?.cpu ? ` · ${times(ratio.cpu.p50)}` : ''),
          },
        ],
  );
  const ids = contenders.map((it) => it.title);
  const y = scenarioAxis(rows);
  const yOffset = { field: 'contender', type: 'nominal', sort: ids } as const;
  return {
    title: { text: title, subtitle: [...subtitle, '× how many times less than the first'] },
    data: { values },
    width: 680,
    height: { step: 20, for: 'offset' },
    layer: [
      {
        mark: { type: 'point', filled: true, size: 95, opacity: 1 },
        encoding: {
          y,
          yOffset,
          x: {
            field: 'cpu',
            type: 'quantitative',
            ...timeAxis(values.map(({ cpu }) => cpu)),
          },
          color: {
            field: 'contender',
            type: 'nominal',
            scale: { domain: ids, range: colours(contenders) },
          },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 10, fontSize: 11, color: ink },
        encoding: {
          y,
          yOffset,
          x: { field: 'cpu', type: 'quantitative' },
          text: { field: 'label', type: 'nominal' },
        },
      },
    ],
    config: theme,
  };
}
