/** Scenarios in real Electron, in the order of tables and plots. A new one is a file and a line. */
import { idle } from './electron/idle.ts';
import { invoke } from './electron/invoke.ts';
import { invokeFirst } from './electron/invoke-first.ts';
import { invokeMany } from './electron/invoke-many.ts';
import { pushBurst } from './electron/push-burst.ts';
import { sendBurst } from './electron/send-burst.ts';
import { sendSync } from './electron/send-sync.ts';
import { sendSync1M, sendSync16M, sendSync64K } from './electron/send-sync-bytes.ts';
import { sendTo } from './electron/send-to.ts';
import { oneWindow, sixteenWindows } from './electron/windows.ts';
import { sandboxedScenarios } from './sandboxed.ts';
import type { ElectronScenario } from './scenario.ts';

export const electronScenarios: readonly ElectronScenario[] = [
  sendSync,
  invoke,
  invokeFirst,
  invokeMany,
  sendBurst,
  pushBurst,
  sendTo,
  sendSync64K,
  sendSync1M,
  sendSync16M,
  oneWindow,
  sixteenWindows,
  ...sandboxedScenarios,
  idle,
];
