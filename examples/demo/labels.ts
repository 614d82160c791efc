import type { Figures, ScenarioId } from './protocol.ts';

/** In the order in which pages, table and picture show them. */
export const scenarios: readonly { id: ScenarioId; title: string; detail: string }[] = [
  { id: 'sendSync', title: 'sendSync', detail: 'a number' },
  { id: 'invoke', title: 'invoke', detail: 'a number, one at a time' },
  { id: 'send', title: 'send', detail: 'burst of 1000, per message' },
  { id: 'sendSync64K', title: 'sendSync 64 KB', detail: 'there and back' },
  { id: 'sendSync1M', title: 'sendSync 1 MB', detail: 'there and back' },
];

export interface Quantity {
  readonly value: string;
  readonly unit: 'µs' | 'ms';
}

/** Three digits: 4.13 µs, 41.3 µs, 413 µs, 4.13 ms. */
export function quantity(microseconds: number): Quantity {
  const milliseconds = microseconds >= 999.5;
  return {
    value: threeDigits(milliseconds ? microseconds / 1000 : microseconds),
    unit: milliseconds ? 'ms' : 'µs',
  };
}

export function duration(microseconds: number): string {
  const { value, unit } = quantity(microseconds);
  return `${value} ${unit}`;
}

/** How many times faster `ours` is, by p50. */
export function ratio(rival: Figures, ours: Figures, scenario: ScenarioId): number {
  return rival[scenario].p50 / ours[scenario].p50;
}

export function times(factor: number): string {
  if (factor === 1) return '1×';
  return `${factor >= 9.95 ? factor.toFixed(0) : factor.toFixed(1)}×`;
}

function threeDigits(value: number): string {
  if (value >= 99.95) return value.toFixed(0);
  return value.toFixed(value >= 9.995 ? 1 : 2);
}
