import { quantile } from 'simple-statistics';
import { scenarios } from '../labels.ts';
import type { Figure, Figures, ScenarioId } from '../protocol.ts';

/** Enough for any run of the demo; a window left open forgets what is older. */
const kept = 20_000;

/** The times measured in this window, without those of the warm-up turn. */
export class Samples {
  readonly #all = new Map<ScenarioId, number[]>();

  add(scenario: ScenarioId, microseconds: readonly number[]): void {
    this.#all.set(scenario, [...this.of(scenario), ...microseconds].slice(-kept));
  }

  of(scenario: ScenarioId): readonly number[] {
    return this.#all.get(scenario) ?? [];
  }

  figure(scenario: ScenarioId): Figure | undefined {
    const all = this.of(scenario);
    if (all.length === 0) return undefined;
    const [p50, p99] = quantile([...all], [0.5, 0.99]) as [number, number];
    return { samples: all.length, p50, p99 };
  }

  /** Undefined until every scenario has been measured. */
  figures(): Figures | undefined {
    const entries = scenarios.map(({ id }) => [id, this.figure(id)] as const);
    if (entries.some(([, figure]) => figure === undefined)) return undefined;
    return Object.fromEntries(entries) as Figures;
  }
}
