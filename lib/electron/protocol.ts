/**
 * What the two halves of ringwire in one Electron application say to each other. Main and renderers
 * load the same copy of this file. Main trusts nothing that a renderer says.
 */

/**
 * The one channel ringwire uses for itself, on stock IPC and in the ring. Main takes its messages
 * out before Electron's own dispatcher sees them, so no listener of the application ever does.
 */
export const PRIVATE_CHANNEL = '\u0000ringwire';

/** How values travel; see `RegisterOptions.codec`. */
export type CodecName = 'structured' | 'json';

/** Renderer to main, synchronously, once per document, before any script of the application. */
export type JoinRequest = [kind: 'join'];

/** Main's answer: where to connect, or why this frame stays on stock IPC. */
export type JoinAnswer = Invitation | { readonly reason: StockReason };

/** What a frame is to load, and where to connect. */
export interface Invitation {
  /** The file of the addon, so that frames need not search for it. */
  readonly addon: string;
  /** The file of the renderer's half. */
  readonly script: string;
  readonly address: string;
  readonly token: Uint8Array;
  readonly codec: CodecName;
  /** The number of this document, for `up` in {@link FromMain}. */
  readonly document: number;
}

/** Renderer to main: this frame stays on stock IPC, and why. */
export type StockNotice = [kind: 'stock', reason: StockReason, detail: string | undefined];

/**
 * Main to renderer, by stock IPC.
 *
 * - `up`: from now on main sends to the document with this number by its ring. What was sent by
 *   stock IPC comes before that.
 * - `out-of-band`: a message that must go by stock IPC (ports, native images). A marker in the ring
 *   holds its place.
 * - `late`: a message to a document that is being left. It comes after all that the ring holds; if
 *   that document is gone, the next one gets it.
 * - `fence`: an empty out-of-band message, behind all that are `late`.
 * - `settle`: an out-of-band answer to an `invoke`. A failure in the ring holds its place.
 */
export type FromMain =
  | [kind: 'up', document: number]
  | [kind: 'out-of-band', channel: string, args: unknown[]]
  | [kind: 'late', channel: string, args: unknown[]]
  | [kind: 'fence']
  | [kind: 'drain']
  | [kind: 'settle', id: number, answer: unknown]
  | AcceptBatches
  | EventBatch;

/**
 * Main to a frame that stays on stock IPC: from now on main sends events in batches, and reads
 * batches. The frame may batch what follows the first `after` messages of a task.
 */
export type AcceptBatches = [kind: 'accept-batches', after: number];

/** Main to renderer, by stock IPC: events, oldest first. Also for a single one, to keep order. */
export type EventBatch = [kind: 'events', runs: BatchRun[]];

/** Renderer to main, by stock `send`: messages without an answer, oldest first. */
export type MessageBatch = [kind: 'batch', runs: BatchRun[]];

/**
 * Renderer to main, by stock `invoke`: a batch with calls in it, or the question for answers that
 * are still open. Main answers both with {@link BatchAnswers}.
 */
export type CallBatch = MessageBatch;
export type RestRequest = [kind: 'rest'];

/**
 * `count` messages in a row on one channel, whose name is sent once. `values` lists the arguments
 * of all of them; each has the same number. Either all are `send`s, and `ids` is empty; or all are
 * `invoke`s, and `ids` has one number of the renderer's for each.
 */
export type BatchRun = [channel: string, count: number, values: unknown[], ids: number[]];

/** Answers to any calls of its batches, in the order in which main gave them. */
export interface BatchAnswers {
  readonly answers: [id: number, answer: unknown][];
}

/**
 * Renderer to main, synchronously: answered once main has dispatched all stock messages before it.
 */
export type FenceRequest = [kind: 'fence'];

/**
 * Renderer to main, synchronously: asks for an answer to `sendSync` that the ring could not send.
 */
export type FetchRequest = [kind: 'fetch', ticket: number];

/** Renderer to main, by stock IPC: as `out-of-band` above. */
export type WrappedMessage = [channel: string, message: unknown];

/**
 * Renderer to main, by stock IPC: an empty out-of-band message. With its marker, what follows in
 * the ring waits for what is still on its way by stock IPC.
 */
export type StockFence = [kind: 'fence'];

/**
 * Renderer to main, by the ring: introduce this frame to the main frame of a WebContents. Main
 * answers with an {@link Introduction}, or null when no ring reaches that window. `afterStock`: what
 * was sent to it last went by stock IPC, and has to be heard first.
 */
export type IntroduceRequest = [kind: 'introduce', webContentsId: number, afterStock: boolean];

/** Where to connect for {@link IntroduceRequest}; the token in hexadecimal. */
export interface Introduction {
  readonly address: string;
  readonly token: string;
}

/** Main to renderer, by the ring: another frame will connect to this one. */
export type AcceptNotice = [kind: 'accept', sender: ExpectedSender];

/** Who will connect, as main knows it. */
export interface ExpectedSender extends Introduction {
  readonly osProcessId: number;
  readonly senderId: number;
  readonly senderIsMainFrame: boolean;
}

/**
 * Renderer to main, by stock IPC since the ring may be full: it has drained its ring, which its loop
 * has woken so often.
 */
export type DrainedNotice = [kind: 'drained', wakeUps: number];

/**
 * Renderer to main, by the ring: it has heard `up`. What main sends before that may reach the next
 * document, which cannot read this ring.
 */
export type BegunNotice = [kind: 'begun'];

/** Renderer to main, by the ring: whether the other frame may connect now. */
export type AcceptingNotice = [kind: 'accepting', token: string, listening: boolean];

/** Why a frame's messages go by stock IPC. */
export type StockReason =
  | 'off'
  | 'experimental'
  | 'sandboxed'
  | 'unsupported'
  | 'refused'
  | 'not-joined'
  | 'closed';

/** Which way a frame's messages take. */
export type PathKind = 'ring' | 'stock';

/** Where a renderer keeps the state of its path, visible to every copy of ringwire in it. */
export const RENDERER_STATE: unique symbol = Symbol.for('ringwire.renderer');

/** Where a renderer with a ring keeps its `createSharedBuffer`, for every copy of ringwire in it. */
export const RENDERER_BUFFERS: unique symbol = Symbol.for('ringwire.renderer.createSharedBuffer');
