/** In which order trials run: contenders of a scenario in turn, so that they share the weather. */
import { seeded, shuffled } from './random.ts';

export interface Planned<Scenario, Contender> {
  readonly round: number;
  readonly scenario: Scenario;
  readonly contender: Contender;
}

/**
 * Every scenario in every round, its contenders one right after the other (A B, B A, ...): what
 * disturbs the machine for a while disturbs a pair, and not one side of it.
 */
export function schedule<Scenario, Contender>(
  scenarios: readonly Scenario[],
  contendersOf: (scenario: Scenario) => readonly Contender[],
  rounds: number,
  seed: number,
): Planned<Scenario, Contender>[] {
  const random = seeded(seed);
  const plan: Planned<Scenario, Contender>[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const scenario of scenarios) {
      for (const contender of shuffled(contendersOf(scenario), random)) {
        plan.push({ round, scenario, contender });
      }
    }
  }
  return plan;
}
