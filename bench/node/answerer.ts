/** The answering process or thread of a trial in plain Node. */
import { nodeContenders } from '../contenders/node.ts';
import { find } from '../harness/find.ts';
import { ownCpu } from '../harness/measure/work.ts';
import { readOrder } from '../harness/trials/trial.ts';
import { nodeScenarios } from '../scenarios/node.ts';
import { cpuQuestion } from './cpu-question.ts';

const order = readOrder();
const service = find(nodeScenarios, order.scenario, 'scenario').service();
const contender = find(nodeContenders, order.contender, 'contender');

void contender.serve({
  receive: (value) => service.receive(value),
  answer: (value) => (value === cpuQuestion ? ownCpu() : service.answer(value)),
});
