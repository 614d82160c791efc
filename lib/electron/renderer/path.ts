import { ipcRenderer } from 'electron';
import { type PathKind, RENDERER_STATE, type StockReason } from '../protocol.ts';

/** Which way this frame's messages take, and why. */
export interface RendererPath {
  readonly path: PathKind;
  /** Why the frame is on stock IPC; absent on the ring. */
  readonly reason?: StockReason;
  /** More about the reason, for people. */
  readonly detail?: string;
  /** Whether bursts travel in batches; only where single messages go by stock IPC. */
  readonly batched?: boolean;
}

type Holder = { [RENDERER_STATE]?: RendererPath };

/**
 * Kept on `ipcRenderer`, which every copy of ringwire in the frame sees: that of the session
 * preload, and one that a bundler may have put into the application's own preload.
 */
export function setRendererPath(path: RendererPath): void {
  Object.defineProperty(ipcRenderer, RENDERER_STATE, { configurable: true, value: path });
}

/** Tells which path this frame's messages take. */
export function path(): RendererPath {
  return (ipcRenderer as Holder)[RENDERER_STATE] ?? { path: 'stock', reason: 'not-joined' };
}
