/** The page's side of a trial: measures in the preload of the window. */
import { ipcRenderer } from 'electron';
import type { RendererPath } from 'ringwire/renderer';
import { electronContenders } from '../contenders/electron.ts';
import { find } from '../harness/find.ts';
import { measureWork } from '../harness/measure/work.ts';
import { type CpuTime, failed, readOrder, type TrialOutcome } from '../harness/trials/trial.ts';
import type { ElectronScenario, PageSide } from '../scenarios/scenario.ts';
import {
  actChannel,
  actedChannel,
  cpuChannel,
  loadedChannel,
  measureChannel,
  measuredChannel,
  type Prepare,
  prepareChannel,
  preparedChannel,
} from './wire.ts';

/** Main asserts the path of every window; so does a page that can ask `ringwire/renderer`. */
export function startPage(scenarios: readonly ElectronScenario[], path?: () => RendererPath): void {
  const order = readOrder();
  const scenario = find(scenarios, order.scenario, 'scenario');
  const contender = find(electronContenders, order.contender, 'contender');

  const assertPath = (): void => {
    const found = path?.();
    if (found === undefined || found.path === contender.path) return;
    throw new Error(`${contender.id} is not on path ${contender.path}: ${JSON.stringify(found)}`);
  };
  const measured = async (side: PageSide): Promise<TrialOutcome | undefined> => {
    try {
      assertPath();
      const measurement = await scenario.page(side);
      assertPath();
      return measurement && { type: 'measured', measurement };
    } catch (error) {
      return failed(error);
    }
  };

  const acted = async (side: PageSide): Promise<TrialOutcome> => {
    try {
      await scenario.act?.(side);
      return { type: 'acted' };
    } catch (error) {
      return failed(error);
    }
  };

  if (scenario.atLoad !== undefined) {
    addEventListener('load', async () => {
      assertPath();
      ipcRenderer.send(loadedChannel, await scenario.atLoad?.({ ipcRenderer }));
    });
  }

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
    ipcRenderer.once(actChannel, async () => {
      ipcRenderer.send(actedChannel, await acted(side(0)));
    });
    ipcRenderer.send(preparedChannel);
  });
}

function readCpu(): Promise<CpuTime> {
  return ipcRenderer.invoke(cpuChannel) as Promise<CpuTime>;
}
