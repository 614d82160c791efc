import type { IpcMainInvokeEvent } from 'electron';
import { paths } from 'ringwire/main';
import type { Carrier } from './protocol.ts';

/** Asks ringwire which path carries the messages of the frame that sent this event. */
export function carrierOf({ processId, frameId }: IpcMainInvokeEvent): Carrier {
  const found = paths().find((it) => it.processId === processId && it.frameId === frameId);
  if (found === undefined) return { path: 'stock', reason: 'ringwire knows nothing of this frame' };
  return { path: found.path, reason: found.detail ?? found.reason };
}
