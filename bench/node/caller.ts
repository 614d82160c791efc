/** The calling process of a trial in plain Node: starts the other end, measures, reports. */
import { join } from 'node:path';
import { nodeContenders } from '../contenders/node.ts';
import { find } from '../harness/find.ts';
import { failed, readOrder, type TrialOutcome } from '../harness/trial.ts';
import { type CpuReading, measureWork, ownCpu } from '../harness/work.ts';
import { nodeScenarios } from '../scenarios/node.ts';
import { cpuQuestion } from './cpu-question.ts';

async function run(): Promise<TrialOutcome> {
  const order = readOrder();
  const scenario = find(nodeScenarios, order.scenario, 'scenario');
  const contender = find(nodeContenders, order.contender, 'contender');
  const script = join(__dirname, 'answerer.cjs');
  const connection = await contender.connect({ script, env: process.env });
  const readCpu: CpuReading = async () => {
    const answerer = Number(await connection.request(cpuQuestion));
    return { caller: ownCpu(), answerer: contender.oneProcess ? null : answerer };
  };
  const measurement = await scenario.caller({
    connection,
    measure: (work) => measureWork(work, order.limits, readCpu),
  });
  await connection.close();
  return { type: 'measured', measurement };
}

run()
  .catch(failed)
  .then((outcome) => process.send?.(outcome, () => process.disconnect()));
