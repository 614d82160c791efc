import type { WebFrameMain } from 'electron';

/** Which way the messages of a frame go, and why, as ringwire itself tells. */
export interface FramePath {
  readonly path: 'ring' | 'stock';
  readonly reason?: string;
  readonly detail?: string;
  readonly batched?: boolean;
}

interface Ringwire {
  paths(): readonly (FramePath & { readonly processId: number; readonly frameId: number })[];
}

/** The only place that knows how an application asks ringwire for it. */
export function pathOf(frame: WebFrameMain): FramePath {
  const { paths } = require('ringwire/main') as Ringwire;
  const { processId, routingId } = frame;
  const found = paths().find((one) => one.processId === processId && one.frameId === routingId);
  return found ?? { path: 'stock', reason: 'ringwire does not know this frame' };
}
