/**
 * What happens as something grows: one scenario for each place on an axis. Also what happens under
 * a flood, and how much memory a burst takes.
 */
import { bytesText, KiB, MiB } from '../harness/bytes.ts';
import { burstMemory } from './electron/burst-memory.ts';
import { clickUnderFlood, sendSyncUnderFlood, timerUnderFlood } from './electron/flood.ts';
import { inFlight } from './electron/invoke-many.ts';
import { channels, listeners } from './electron/many.ts';
import { echo } from './electron/send-sync-bytes.ts';
import { windows } from './electron/windows.ts';
import type { Axis, ElectronScenario } from './scenario.ts';

/**
 * Some are just below and just above a quarter of a ring, where messages begin to travel in pieces,
 * and a whole ring.
 */
const sizes = [
  ...[0, 64, KiB, 4 * KiB, 16 * KiB, 48 * KiB, 64 * KiB, 80 * KiB, 192 * KiB, 256 * KiB, 320 * KiB],
  ...[MiB, 4 * MiB, 16 * MiB, 64 * MiB],
];
const numbers = [1, 10, 100, 1000, 10_000];

export const growthScenarios: readonly ElectronScenario[] = [
  ...sizes.map((at) => placed('bytes', at, echo('', bytesText(at), at))),
  ...[1, 2, 4, 8, 16, 32].map((at) => {
    return placed('windows', at, windows(at, { id: '', title: `invoke, ${at} windows busy` }));
  }),
  ...numbers.map((at) => placed('channels', at, channels(at))),
  ...numbers.map((at) => placed('listeners', at, listeners(at))),
  ...[...numbers, 100_000].map((at) => placed('in flight', at, inFlight(at))),
  sendSyncUnderFlood,
  timerUnderFlood,
  clickUnderFlood,
  burstMemory,
];

function placed(axis: Axis, at: number, scenario: ElectronScenario): ElectronScenario {
  return { ...scenario, id: `grow-${axis.replace(' ', '-')}-${at}`, growth: { axis, at } };
}
