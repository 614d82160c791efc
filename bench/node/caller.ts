/** The calling process of a trial in plain Node: starts the other end, measures, reports. */
import { join } from 'node:path';
import { nodeContenders } from '../contenders/node.ts';
import { find } from '../harness/find.ts';
import { type CpuReading, measureWork, ownCpu } from '../harness/measure/work.ts';
import { failed, readOrder, type TrialOutcome } from '../harness/trials/trial.ts';
import { nodeScenarios } from '../scenarios/node.ts';
import type { Abilities, Ability, Connection } from '../scenarios/scenario.ts';
import { cpuQuestion } from './cpu-question.ts';

async function run(): Promise<TrialOutcome> {
  const order = readOrder();
  const scenario = find(nodeScenarios, order.scenario, 'scenario');
  const contender = find(nodeContenders, order.contender, 'contender');
  const script = join(__dirname, 'answerer.cjs');
  const connection = await contender.connect({ script, env: process.env });
  const readCpu: CpuReading = async () => {
    const answerer = contender.oneProcess ? null : Number(await ask(connection));
    return { caller: ownCpu(), answerer };
  };
  const measurement = await scenario.caller({
    connection: able(connection, scenario.needs),
    measure: (work) => measureWork(work, order.limits, readCpu),
  });
  await connection.close();
  return { type: 'measured', measurement };
}

function able(connection: Connection, needs: readonly Ability[]): Abilities {
  const missing = needs.filter((ability) => connection[ability] === undefined);
  if (missing.length > 0) throw new Error(`the connection has no ${missing.join(', no ')}`);
  return connection as Connection & Abilities;
}

/** Asks in a way that this connection has. */
function ask({ request, callSync }: Connection): unknown {
  return (request ?? callSync)?.(cpuQuestion);
}

run()
  .catch(failed)
  .then((outcome) => process.send?.(outcome, () => process.disconnect()));
