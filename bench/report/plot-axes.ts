/** Axes that several plots have in common. */
import type { Row } from './rows.ts';

export interface NominalAxis {
  readonly field: string;
  readonly type: 'nominal';
  readonly sort: string[];
  readonly title: null;
  readonly scale: { readonly paddingInner: number; readonly paddingOuter: number };
}

export interface LogAxis {
  readonly title: null;
  readonly scale: { readonly type: 'log'; readonly domain: number[]; readonly nice: false };
  readonly axis: { readonly values: number[]; readonly labelExpr: string };
}

/** Scenarios from top to bottom, in the order of their list. */
export function scenarioAxis(rows: readonly Row[]): NominalAxis {
  return {
    field: 'scenario',
    type: 'nominal',
    sort: [...new Set(rows.map(({ scenario }) => scenario.title))],
    title: null,
    scale: { paddingInner: 0.22, paddingOuter: 0.11 },
  };
}

const inUnits =
  "datum.value >= 1e6 ? datum.value / 1e6 + ' s'" +
  " : datum.value >= 1e3 ? datum.value / 1e3 + ' ms'" +
  " : datum.value + ' µs'";

/** Microseconds on a log scale, a line for each power of ten, room for labels on the right. */
export function timeAxis(values: readonly number[]): LogAxis {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.log10(Math.max(...values)) + 0.8;
  const powers = Array.from({ length: Math.floor(high) - low + 1 }, (_, i) => 10 ** (low + i));
  return logAxis([10 ** low, 10 ** high], powers, inUnits);
}

export function logAxis(domain: number[], values: readonly number[], labelExpr: string): LogAxis {
  return {
    title: null,
    scale: { type: 'log', domain, nice: false },
    axis: { values: [...values], labelExpr },
  };
}
