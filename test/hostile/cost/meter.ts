/**
 * A process of its own, since what it reads may take all its memory, or never end: see watchdog.ts.
 * Reads what it is sent as ringwire does, and says what that cost.
 */
import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { getHeapStatistics } from 'node:v8';
import { msgpackCodec } from '../../../lib/core/codec/msgpack.ts';
import { decodeValues } from '../../../lib/core/message.ts';
import { emptyHeadFields, readHead } from '../../../lib/core/message-head.ts';
import { messageOf, readRuns } from '../../../lib/electron/batch/runs.ts';
import { collectGarbage } from '../../helpers/garbage.ts';
import type { Cost, Input } from './watchdog.ts';

/** Far below what makes V8 collect by itself, with the options of the watchdog. */
const mostGarbage = 16 * 2 ** 20;

/** Reads MessagePack, and all that the other codecs read. */
const codec = msgpackCodec();
const collections: { readonly startTime: number }[] = [];

new PerformanceObserver((list) => {
  collections.push(...list.getEntries());
}).observe({ entryTypes: ['gc'] });

collectGarbage();
let floor = memoryInUse();
process.on('message', async (input: Input) => process.send?.(await measure(input)));

async function measure(input: Input): Promise<Cost> {
  if (memoryInUse() - floor > mostGarbage) {
    collectGarbage();
    floor = memoryInUse();
    await setImmediate();
  }
  collections.length = 0;
  const before = memoryInUse();
  const start = performance.now();
  const outcome = read(input);
  const end = performance.now();
  const bytes = memoryInUse() - before;
  // Node reports collections in a later turn.
  await setImmediate();
  // Some of the memory was freed already: it is not known how much.
  const known = collections.every(({ startTime }) => startTime < start || startTime > end);
  return { outcome, milliseconds: end - start, bytes: known ? bytes : Number.POSITIVE_INFINITY };
}

function read(input: Input): string {
  try {
    readAll(input);
    return 'values';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** Returns what it made, so that nothing is optimised away. */
function readAll(input: Input): unknown {
  if ('runs' in input) {
    return readRuns(input.runs, true).map((run) =>
      Array.from({ length: run[1] }, (_, index) => messageOf(run, index)),
    );
  }
  const { head, body, whole } = input;
  if (!whole) return codec.decode(head, 0, head.length, body);
  const fields = emptyHeadFields();
  readHead(head, head.length, fields);
  return decodeValues(head, head.length, fields, codec, body);
}

function memoryInUse(): number {
  const { used_heap_size, external_memory, malloced_memory } = getHeapStatistics();
  return used_heap_size + external_memory + malloced_memory;
}
