/** Numbers as people read them: three digits that count, and a unit that fits. */

import type { Unit } from '../scenarios/scenario.ts';

/** Microseconds. */
export function duration(microseconds: number): string {
  if (microseconds >= 1e6) return `${significant(microseconds / 1e6)} s`;
  if (microseconds >= 1000) return `${significant(microseconds / 1000)} ms`;
  return `${significant(microseconds)} µs`;
}

/** At most 3 digits that count, but all of those before the point: `0.12`, `1.2`, `12.3`, `1230`. */
export function significant(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const text = value.toFixed(Math.min(3, digits));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** In the unit of a scenario. */
export function inUnit(value: number, unit: Unit): string {
  if (unit === 'us') return duration(value);
  return unit === 'MiB' ? `${significant(value)} MiB` : `${significant(value)}/s`;
}

export function times(ratio: number): string {
  return `${ratio >= 9.95 ? Math.round(ratio) : ratio.toFixed(1)}×`;
}

/** Per second. */
export function rate(perSecond: number): string {
  if (perSecond >= 1e6) return `${significant(perSecond / 1e6)} M/s`;
  if (perSecond >= 1e3) return `${significant(perSecond / 1e3)} k/s`;
  return `${significant(perSecond)} /s`;
}

export function percent(part: number): string {
  return `${significant(part * 100)} %`;
}

/** A Markdown table whose columns line up in the source too; all but the first to the right. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) =>
    Math.max(3, ...all.map((row) => [...(row[column] ?? '')].length)),
  );
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, i) => pad(row[i] ?? '', width, i > 0)).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(width - [...text].length);
  return right ? space + text : text + space;
}
