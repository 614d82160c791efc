/**
 * The same questions in sandboxed windows, Electron's default: they have no ring. This file and what it
 * imports run in a sandboxed preload, so they import nothing of Node.
 */
import { askedOneAtATime } from './electron/invoke.ts';
import { invokeMany } from './electron/invoke-many.ts';
import { pushBurst } from './electron/push-burst.ts';
import { sendBurst } from './electron/send-burst.ts';
import type { ElectronScenario, Target } from './scenario.ts';

export const sandboxedScenarios: readonly ElectronScenario[] = [
  sandboxed(sendBurst, { p50: 5 }),
  sandboxed(pushBurst, { p50: 5 }),
  sandboxed(invokeMany, { p50: 5 }),
  sandboxed(askedOneAtATime(20)),
];

export function sandboxed(scenario: ElectronScenario, target?: Target): ElectronScenario {
  const { target: _target, floor: _floor, recipe: _recipe, ...same } = scenario;
  return {
    ...same,
    id: `sandboxed-${scenario.id}`,
    title: `${scenario.title}, sandboxed window`,
    sandboxed: true,
    ...(target && { target }),
  };
}
