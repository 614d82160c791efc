import { structuredCodec } from '../core/codec/codec.ts';
import type { SharedBuffer } from '../core/shared-buffer.ts';
import { type Copy, largestBatched, sizeOfPrimitives } from './batch/batch-buffer.ts';

const codec = structuredCodec();
const scratch = new Uint8Array(8192);

/**
 * A structured clone of the values, made by the codec that will send them.
 *
 * @throws RingwireError `ERR_RINGWIRE_UNCLONABLE`
 */
export function snapshot(values: readonly unknown[]): unknown[] {
  return readBack(codec.encode(values, scratch, 0));
}

/**
 * A copy of the values, to be sent a little later. Undefined where they are too large for a batch,
 * or where only Electron may be able to send them.
 */
export function smallSnapshot(values: unknown[]): Copy | undefined {
  let size = sizeOfPrimitives(values);
  if (size !== undefined) return size <= largestBatched ? { values, size } : undefined;
  try {
    const end = codec.encode(values, scratch, 0);
    size = end + (codec.body?.byteLength ?? 0);
    if (size > largestBatched || codec.shared.length > 0) return undefined;
    return { values: readBack(end), size };
  } catch {
    return undefined;
  } finally {
    codec.release();
  }
}

/** Reads what was just encoded, up to `end`. A shared buffer stays what it is. */
function readBack(end: number): unknown[] {
  const body = codec.body && new Uint8Array(codec.body).buffer;
  const { shared } = codec;
  codec.release();
  return codec.decode(scratch, 0, end, body, (ticket) => {
    return shared.find((each) => each.ticket === ticket)?.buffer as SharedBuffer;
  });
}
