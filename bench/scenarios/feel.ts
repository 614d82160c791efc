/** What people feel: starts, first calls, calls with rests between them. */
import { KiB, MiB } from '../harness/bytes.ts';
import { busy } from './feel/busy.ts';
import { firstBytes } from './feel/first-bytes.ts';
import { firstCalls } from './feel/first-calls.ts';
import { firstPushes, firstSends } from './feel/first-messages.ts';
import { rested } from './feel/rested.ts';
import { start } from './feel/start.ts';
import { subFrame, windowMemory, windowOpened, windowReloaded } from './feel/windows.ts';
import { sandboxedFeelScenarios } from './sandboxed-feel.ts';
import type { ElectronScenario } from './scenario.ts';

export const feelScenarios: readonly ElectronScenario[] = [
  start,
  windowOpened,
  windowReloaded,
  subFrame,
  windowMemory,
  firstCalls(1, 1, { p50: 1, p99: 1 }),
  firstCalls(2, 11, { p50: 3, p99: 1 }),
  firstCalls(12, 111),
  ...[1, 5, 20, 100].map((rest) => rested('sendSync', rest, 1)),
  rested('sendSync', 20, 2),
  rested('sendSync', 20, 3),
  ...[1, 5, 20, 100].map((rest) => rested('invoke', rest, 1)),
  rested('invoke', 20, 2),
  rested('invoke', 20, 3),
  firstBytes('64k', '64 KB', 64 * KiB, { p50: 4, p99: 1 }),
  firstBytes('1m', '1 MB', MiB, { p50: 6, p99: 1 }),
  firstBytes('16m', '16 MB', 16 * MiB, { p50: 4, p99: 1 }),
  firstSends,
  firstPushes,
  ...busy,
  ...sandboxedFeelScenarios,
];
