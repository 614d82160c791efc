import { RingwireError } from '../../core/errors.ts';
import { loadNative } from '../../core/load-native.ts';
import { createSharedBuffer as create, type SharedBuffer } from '../../core/shared-buffer.ts';

/**
 * As `createSharedBuffer` of `ringwire`: memory that windows with a ring can be handed.
 *
 * @throws RingwireError also `ERR_RINGWIRE_UNSUPPORTED` with `RINGWIRE=off` in the environment, and
 *   on an experimental platform that is not asked for
 *
 * @example
 * const frame = createSharedBuffer(3840 * 2160 * 4);
 * window.webContents.send('frame', frame);
 */
export function createSharedBuffer(byteLength: number): SharedBuffer {
  if (process.env.RINGWIRE === 'off') {
    throw new RingwireError('ERR_RINGWIRE_UNSUPPORTED', {
      detail: 'RINGWIRE=off in the environment',
    });
  }
  loadNative();
  return create(byteLength);
}
