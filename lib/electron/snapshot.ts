import { structuredCodec } from '../core/codec.ts';
import type { SharedBuffer } from '../core/shared-buffer.ts';

const codec = structuredCodec();
const scratch = new Uint8Array(8192);

/**
 * A structured clone of the values, by the codec they will travel with.
 *
 * @throws RingwireError `ERR_RINGWIRE_UNCLONABLE`
 */
export function snapshot(values: readonly unknown[]): unknown[] {
  const end = codec.encode(values, scratch, 0);
  const body = codec.body && new Uint8Array(codec.body).buffer;
  const { shared } = codec;
  codec.release();
  return codec.decode(scratch, 0, end, body, (ticket) => {
    return shared.find((each) => each.ticket === ticket)?.buffer as SharedBuffer;
  });
}
