/** Calls main, times each call, and checks each answer. Runs in the preload, for its fine clock. */
import { ipcRenderer } from 'electron';
import type { Measurement, ScenarioId } from './protocol.ts';

const now = process.hrtime.bigint;
const since = (start: bigint): number => Number(now() - start) / 1000;

/** Number of calls, the first of which are made to warm up and not counted. */
interface Amount {
  readonly warmUp: number;
  readonly calls: number;
}

const measurements: Record<ScenarioId, () => Promise<Measurement> | Measurement> = {
  sendSync: () => sendSync({ warmUp: 20, calls: 400 }),
  invoke: () => invoke({ warmUp: 20, calls: 300 }),
  send: () => send({ warmUp: 1, calls: 5 }, 1000),
  sendSync64K: () => echo({ warmUp: 3, calls: 50 }, 64 * 1024),
  sendSync1M: () => echo({ warmUp: 1, calls: 12 }, 1024 * 1024),
};

export async function measure(scenario: ScenarioId): Promise<Measurement> {
  return measurements[scenario]();
}

/** Where this turn starts to count, so that no answer of another turn would pass for right. */
let counter = 0;

function sendSync({ warmUp, calls }: Amount): Measurement {
  const microseconds: number[] = [];
  for (let i = 0; i < warmUp + calls; i++) {
    const number = counter++;
    const start = now();
    const answer: unknown = ipcRenderer.sendSync('next', number);
    const time = since(start);
    expect(answer, number + 1, 'sendSync');
    if (i >= warmUp) microseconds.push(time);
  }
  return { microseconds, answersChecked: warmUp + calls };
}

async function invoke({ warmUp, calls }: Amount): Promise<Measurement> {
  const microseconds: number[] = [];
  for (let i = 0; i < warmUp + calls; i++) {
    const number = counter++;
    const start = now();
    const answer: unknown = await ipcRenderer.invoke('next', number);
    const time = since(start);
    expect(answer, number + 1, 'invoke');
    if (i >= warmUp) microseconds.push(time);
  }
  return { microseconds, answersChecked: warmUp + calls };
}

/** A burst counts as over when main has had every message: a call behind it says so. */
function send({ warmUp, calls }: Amount, messages: number): Measurement {
  const microseconds: number[] = [];
  for (let burst = 0; burst < warmUp + calls; burst++) {
    const start = now();
    for (let number = 0; number < messages; number++) ipcRenderer.send('note', number);
    const notes = ipcRenderer.sendSync('take-notes') as { received: number; inOrder: boolean };
    const time = since(start) / messages;
    expect(notes.received, messages, 'send: messages received');
    expect(notes.inOrder, true, 'send: messages in order');
    if (burst >= warmUp) microseconds.push(time);
  }
  return { microseconds, answersChecked: (warmUp + calls) * messages };
}

function echo({ warmUp, calls }: Amount, size: number): Measurement {
  const microseconds: number[] = [];
  const bytes = new Uint8Array(size);
  for (let i = 0; i < warmUp + calls; i++) {
    bytes.fill(counter++ % 251);
    bytes[i % size] = 255;
    const start = now();
    const answer: unknown = ipcRenderer.sendSync('echo', bytes);
    const time = since(start);
    const same = answer instanceof Uint8Array && Buffer.compare(answer, bytes) === 0;
    expect(same, true, `sendSync of ${size} bytes: same bytes back`);
    if (i >= warmUp) microseconds.push(time);
  }
  return { microseconds, answersChecked: warmUp + calls };
}

function expect(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: ${actual} instead of ${expected}`);
}
