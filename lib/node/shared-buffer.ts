import { loadNative } from '../core/load-native.ts';
import { createSharedBuffer as create, type SharedBuffer } from '../core/shared-buffer.ts';

/**
 * Makes zeroed memory that can be sent to other processes.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_INVALID_ARGUMENT`, `_UNSUPPORTED`, `_BUFFER_LIMIT`,
 *   `_SYSTEM`
 *
 * @example
 * const frame = createSharedBuffer(3840 * 2160 * 4);
 * frame.bytes.fill(255);
 * peer.send('frame', frame);
 */
export function createSharedBuffer(byteLength: number): SharedBuffer {
  loadNative();
  return create(byteLength);
}
