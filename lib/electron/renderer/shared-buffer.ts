import { RingwireError } from '../../core/errors.ts';
import { createSharedBuffer as create, type SharedBuffer } from '../../core/shared-buffer.ts';
import { path } from './path.ts';

/**
 * As `createSharedBuffer` of `ringwire`: memory that main can be handed.
 *
 * @throws RingwireError also `ERR_RINGWIRE_UNSUPPORTED` in a frame without a ring
 *
 * @example
 * const samples = createSharedBuffer(48_000 * 4);
 * ipcRenderer.send('samples', samples);
 */
export function createSharedBuffer(byteLength: number): SharedBuffer {
  const { path: kind, reason, detail } = path();
  if (kind !== 'ring') {
    throw new RingwireError('ERR_RINGWIRE_UNSUPPORTED', {
      detail: `this frame has no ring (${[reason, detail].filter(Boolean).join(': ')})`,
    });
  }
  return create(byteLength);
}
