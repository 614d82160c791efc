/** Axes that several plots have in common. */
import type { Row } from '../rows.ts';

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

/** A place for each row from top to bottom, with half a place more between two scenarios. */
export interface Places {
  /** In the order of the rows. */
  readonly of: readonly number[];
  /** From the upper edge to the lower one, in places. */
  readonly length: number;
  readonly axis: PlaceAxis;
}

export interface PlaceAxis {
  readonly title: null;
  readonly scale: { readonly domain: number[]; readonly nice: false; readonly zero: false };
  readonly axis: { readonly grid: false; readonly values: number[]; readonly labelExpr: string };
}

const gap = 0.5;

/** Unlike a band scale, this leaves no empty place for a contender that takes no part. */
export function places(rows: readonly Row[]): Places {
  const of: number[] = [];
  const scenarios = new Map<string, { title: string; first: number; last: number }>();
  let next = 0;
  for (const { scenario } of rows) {
    const known = scenarios.get(scenario.id);
    if (known === undefined && of.length > 0) next += gap;
    const { title } = scenario;
    scenarios.set(scenario.id, { title, first: known?.first ?? next, last: next });
    of.push(next++);
  }
  const centres = [...scenarios.values()].map(({ title, first, last }) => ({
    title,
    value: (first + last) / 2,
  }));
  const names = Object.fromEntries(centres.map(({ title, value }) => [value, title]));
  return {
    of,
    length: next,
    axis: {
      title: null,
      scale: { domain: [next - 0.5, -0.5], nice: false, zero: false },
      axis: {
        grid: false,
        values: centres.map(({ value }) => value),
        labelExpr: `(${JSON.stringify(names)})[datum.value]`,
      },
    },
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
