import { loadNative } from '../../lib/core/load-native.ts';
import { expectSame } from '../harness/measure/check.ts';
import { linkToItself } from './link-to-itself.ts';
import { medianOf, timed } from './median.ts';
import type { Parts } from './parts.ts';

/** Fits into a ring, and into one turn of delivery. */
const batch = 200;
/** Bytes of a message with a short channel and a number. */
const head = 24;

/** Both ends of a link in one process: no other core, nobody to wake, no codec. */
export async function measureCrossing(): Promise<Parts['crossing']> {
  const native = loadNative();
  const [near, far] = await linkToItself();
  let delivered = 0;
  far.start(
    () => {
      delivered++;
    },
    () => {},
  );
  const sendAll = (count: number): number =>
    timed(count, () => native.send(near.number, head, undefined));
  // Finds no message: nothing is being delivered.
  const call = await medianOf(batch, (count) => timed(count, () => native.next(near.number)));
  let sent = 0;
  const send = await medianOf(batch, (count) => {
    const time = sendAll(count);
    far.drain();
    sent += count;
    return time;
  });
  const deliver = await medianOf(batch, (count) => {
    sendAll(count);
    sent += count;
    return timed(1, () => far.drain());
  });
  expectSame(delivered, sent);
  near.close();
  return { call, send, deliver };
}
