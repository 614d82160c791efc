/** The part of feel.ts in sandboxed windows; imports nothing of Node, as sandboxed.ts. */
import { busy } from './feel/busy.ts';
import { rested } from './feel/rested.ts';
import { sandboxed } from './sandboxed.ts';
import type { ElectronScenario } from './scenario.ts';

export const sandboxedFeelScenarios: readonly ElectronScenario[] = [
  sandboxed(rested('sendSync', 20, 1)),
  sandboxed(rested('invoke', 20, 1)),
  ...busy.map((scenario) => sandboxed(scenario, scenario.target)),
];
