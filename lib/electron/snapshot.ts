import { structuredCodec } from '../core/codec.ts';
import { RingwireError } from '../core/errors.ts';

const codec = structuredCodec();
const scratch = new Uint8Array(8192);

/**
 * A structured clone of the values, by the codec they will travel with.
 *
 * @throws `Error: An object could not be cloned.`
 */
export function snapshot(values: readonly unknown[]): unknown[] {
  try {
    const end = codec.encode(values, scratch, 0);
    const body = codec.body?.slice().buffer as ArrayBuffer | undefined;
    return codec.decode(scratch, 0, end, body);
  } catch (error) {
    if (error instanceof RingwireError) throw new Error('An object could not be cloned.');
    throw error;
  }
}
