/** The order of the trials. */
import { seeded, shuffled } from './random.ts';

export interface Planned<Scenario, Contender> {
  readonly round: number;
  readonly scenario: Scenario;
  readonly contender: Contender;
}

/**
 * Every scenario in every round, its contenders one right after the other (A B, B A, ...). So what
 * disturbs the machine for a while disturbs all contenders of a scenario.
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
