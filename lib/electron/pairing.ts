/**
 * What the two halves of ringwire in one Electron application say to each other over stock IPC.
 * Main process and renderer of one application always run the same copy of this file.
 */

/**
 * The one stock channel ringwire uses. Main takes its messages out before Electron's own
 * dispatcher sees them, so no listener of the application ever does.
 */
export const PRIVATE_CHANNEL = '\u0000ringwire';

/** Renderer to main, synchronously, once per document, before any script of the application. */
export type JoinRequest = ['join'];

/** Main's answer: where to connect and what to show there, or why this frame stays on stock IPC. */
export type JoinAnswer =
  | { readonly address: string; readonly token: Uint8Array }
  | { readonly reason: StockReason };

/** Renderer to main: this frame stays on stock IPC, and why. */
export type StayNotice = ['stay', reason: StockReason, detail: string | undefined];

/**
 * Main to renderer. `up`: everything main sends from now on comes by the ring, so what stock IPC
 * still carries comes before it. `carry`: one message that had to go by stock IPC; its place in
 * the order is a marker in the ring.
 */
export type FromMain = [kind: 'up'] | [kind: 'carry', channel: string, message: unknown];

/** Renderer to main: as `carry` above, for `postMessage` and `sendToHost`. */
export type Carried = [channel: string, payload: unknown];

/** Why a frame's messages go by stock IPC. */
export type StockReason = 'off' | 'sandboxed' | 'unsupported' | 'refused' | 'not-joined' | 'closed';

/** Which way a frame's messages take. */
export type PathKind = 'ring' | 'stock';

/** Where a renderer keeps the state of its path, visible to every copy of ringwire in it. */
export const RENDERER_STATE: unique symbol = Symbol.for('ringwire.renderer');
