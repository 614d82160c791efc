import { ipcRenderer } from 'electron';
import { channels } from './channels.ts';

/** Calls before the clock runs; then blocks of calls, of which the median counts. */
const warmUp = 100;
const blocks = 25;
const calls = 20;
/** Messages of a burst. */
const burst = 1_000;
/** Milliseconds of rest before each call. */
const rest = 20;

/** Main writes down nothing of these. */
const uncounted = 'uncounted';

type Step = (i: number) => unknown;

const sendSync: Step = (i) => ipcRenderer.sendSync(channels.sync, uncounted, i);
const invoke: Step = (i) => ipcRenderer.invoke(channels.invoke, uncounted, i);

/** Microseconds for one call or message each. */
export const measurements: Readonly<Record<string, () => Promise<number>>> = {
  sendSync: () => medianOf(blocks, calls, sendSync),
  invoke: () => medianOf(blocks, calls, invoke),
  'invoke after a rest': () => medianOf(blocks, 1, invoke, rested),
  'send, many at once': async () => {
    const perBurst = await medianOf(5, 1, async () => {
      for (let i = 0; i < burst; i++) ipcRenderer.send(channels.send, uncounted, i);
      await invoke(0);
    });
    return perBurst / burst;
  },
};

async function medianOf(
  count: number,
  perBlock: number,
  step: Step,
  before: () => Promise<unknown> = () => Promise.resolve(),
): Promise<number> {
  for (let i = 0; i < warmUp && perBlock > 1; i++) await step(i);
  const times: number[] = [];
  for (let block = 0; block < count; block++) {
    await before();
    const start = microseconds();
    for (let i = 0; i < perBlock; i++) {
      const result = step(i);
      if (result instanceof Promise) await result;
    }
    times.push((microseconds() - start) / perBlock);
  }
  times.sort((a, b) => a - b);
  return times[count >> 1] ?? 0;
}

function rested(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, rest));
}

/** A page's own clock is coarse; a sandbox has no other, but there no call is that short. */
function microseconds(): number {
  const { hrtime } = process as { hrtime?: typeof process.hrtime };
  return hrtime ? Number(hrtime.bigint()) / 1000 : performance.now() * 1000;
}
