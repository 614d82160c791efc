import { duration, ratio, scenarios, times } from '../../examples/demo/labels.ts';
import type { Figures } from '../../examples/demo/protocol.ts';

/** The comparison for a terminal: one line per scenario, columns aligned. */
export function comparisonTable(stock: Figures, ringwire: Figures): string {
  const head = ['', 'stock p50', 'ringwire p50', 'ratio', 'stock p99', 'ringwire p99', 'samples'];
  const rows = scenarios.map(({ id, title, detail }) => [
    `${title}, ${detail}`,
    duration(stock[id].p50),
    duration(ringwire[id].p50),
    times(ratio(stock, ringwire, id)),
    duration(stock[id].p99),
    duration(ringwire[id].p99),
    `${Math.min(stock[id].samples, ringwire[id].samples)}`,
  ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column === 0 ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  '),
    )
    .join('\n');
}
