import { ipcRenderer } from 'electron';
import { RingwireError } from '../../core/errors.ts';
import type { SharedBuffer } from '../../core/shared-buffer.ts';
import { RENDERER_BUFFERS } from '../protocol.ts';
import { path } from './path.ts';

type Create = (byteLength: number) => SharedBuffer;
type Holder = { [RENDERER_BUFFERS]?: Create };

/** Shared buffers need Node, which a sandboxed preload lacks: the half that has it offers them. */
export function offerSharedBuffers(create: Create): void {
  Object.defineProperty(ipcRenderer, RENDERER_BUFFERS, { configurable: true, value: create });
}

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
  const create = (ipcRenderer as Holder)[RENDERER_BUFFERS];
  if (kind !== 'ring' || !create) {
    throw new RingwireError('ERR_RINGWIRE_UNSUPPORTED', {
      detail: `this frame has no ring (${[reason, detail].filter(Boolean).join(': ')})`,
    });
  }
  return create(byteLength);
}
