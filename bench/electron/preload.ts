/** The preload of every window of a trial: measures here, where `process.hrtime` is at hand. */
import { ipcRenderer } from 'electron';
import { path } from 'ringwire/renderer';
import { electronContenders } from '../contenders/electron.ts';
import { find } from '../harness/find.ts';
import { failed, readOrder, type TrialOutcome } from '../harness/trial.ts';
import { measureWork, ownCpu } from '../harness/work.ts';
import { electronScenarios } from '../scenarios/electron.ts';
import type { PageSide } from '../scenarios/scenario.ts';
import {
  cpuChannel,
  measureChannel,
  measuredChannel,
  type Prepare,
  prepareChannel,
  preparedChannel,
} from './wire.ts';

const order = readOrder();
const scenario = find(electronScenarios, order.scenario, 'scenario');
const contender = find(electronContenders, order.contender, 'contender');

const readCpu: PageSide['readCpu'] = async () => {
  const answerer = (await ipcRenderer.invoke(cpuChannel)) as number;
  return { caller: ownCpu(), answerer };
};

ipcRenderer.once(prepareChannel, (_event, prepare: Prepare) => {
  const side = (begin: number): PageSide => ({
    ...prepare,
    ipcRenderer,
    limits: order.limits,
    begin,
    readCpu,
    measure: (work) => measureWork(work, order.limits, readCpu),
  });
  scenario.prepare?.(side(0));
  ipcRenderer.once(measureChannel, async (_event, begin: number) => {
    ipcRenderer.send(measuredChannel, await measured(side(begin)));
  });
  ipcRenderer.send(preparedChannel);
});

async function measured(side: PageSide): Promise<TrialOutcome | undefined> {
  try {
    assertPath();
    const measurement = await scenario.page(side);
    assertPath();
    return measurement && { type: 'measured', measurement };
  } catch (error) {
    return failed(error);
  }
}

function assertPath(): void {
  const found = path();
  if (found.path === contender.path) return;
  throw new Error(`${contender.id} is not on path ${contender.path}: ${JSON.stringify(found)}`);
}
