import { RingwireError } from './errors.ts';
import { isSystemError, type NativeSystemError } from './system-error.ts';

/**
 * Outcome of a native call. The numbers are the addon's (`native/link/status.h`);
 * `native.ts` is the only TypeScript file that knows them.
 */
export interface NativeStatus {
  readonly Ok: 0;
  readonly [name: string]: number;
}

/**
 * One delivered message: `headLength` bytes of {@link NativeLink.incoming}, or of
 * {@link NativeLink.result} if `isResult`, and the body. If `alone`, code further down the stack
 * waits for the return: run no ticks, and do not call `next`.
 */
export type NativeMessageListener = (
  headLength: number,
  sequence: number,
  body: ArrayBuffer | undefined,
  alone: boolean,
  isResult: boolean,
) => void;

/**
 * A native connection of two JavaScript contexts, in the same process or in two.
 *
 * A message is a *head* (at most `outgoing.length` bytes, encoded by the caller into
 * {@link NativeLink.outgoing} at offset 0) and an optional *body* of at most 2^32-1 bytes. All methods
 * return a status number; none throws for what the peer did. The functions that are called for each
 * message are those of {@link NativeAddon}.
 */
export interface NativeLink {
  /** The number of this link for the functions of {@link NativeAddon}, while this object lives. */
  readonly number: number;
  /** Head of the message to be sent. Owned by the link; overwritten by the caller at will. */
  readonly outgoing: Uint8Array;
  /** Head of the message being delivered. Valid until the listener returns to native code. */
  readonly incoming: Uint8Array;
  /** Head of the result being delivered. Valid until the listener returns to native code. */
  readonly result: Uint8Array;
  /** Head of the answer to the last `call`. Valid until the next `call`. */
  readonly answer: Uint8Array;
  /** Process id of the peer as the kernel reported it when the socket connected. */
  readonly peerProcessId: number;
  /**
   * Starts delivery from this environment's event loop. `onClose` is called once, with the
   * status that ended the link; never after the caller's own `close()`.
   */
  start(onMessage: NativeMessageListener, onClose: (status: number) => void): void;
  /** Body of the answer to the last `call`, once; then `undefined`. */
  takeAnswerBody(): ArrayBuffer | undefined;
  /**
   * Hands memory over to the peer, ahead of the message that mentions the ticket. Never blocks:
   * `QueueFull` when the peer takes nothing.
   */
  sendParcel(ticket: number, handle: number, byteLength: number): number;
  /**
   * The memory that the peer handed over with this ticket, once, or a status number: `Corrupt` when
   * it handed over nothing of the kind, `NoMemory` when this side could not keep it.
   */
  takeParcel(ticket: number): NativeSharedMemory | number;
  /** Stops delivery after the message being delivered; what arrives waits in the ring. */
  pause(): void;
  /** Goes on with delivery, from the event loop. */
  resume(): void;
  /**
   * Delivers now, before it returns, what the peer has sent until now, each message alone. Sends what
   * waits here, as far as there is room.
   */
  drain(): void;
  /** Body of the message that `next` has taken, once; then `undefined`. */
  takeBody(): ArrayBuffer | undefined;
  /** Bytes that wait in this process because the ring is full. */
  readonly queuedBytes: number;
  /** How often the event loop has woken this link for what arrived. */
  readonly wakeUps: number;
  /** {@link NativeAddon.send} answers `QueueFull` above this many waiting bytes. Infinity by default. */
  queueLimit: number;
  /** Longest body that the peer may send; a longer one ends the link with `OverLimit`. */
  messageLimit: number;
  /** Whether the link alone keeps the event loop alive (true after `start`). */
  ref(): void;
  unref(): void;
  /** Ends the link for both sides. Idempotent; the peer's reads end after what was sent before. */
  close(): void;
  /** The same at once: what waits for room is lost. Idempotent, also after `close`. */
  drop(): void;
}

/**
 * The memory of one shared buffer: sealed, and without a name. It costs a handle until it is
 * closed or collected. Once open, it lives until it is closed.
 */
export interface NativeSharedMemory {
  /** The bytes it was made with. */
  readonly byteLength: number;
  /** The bytes that it has: whole `sharedUnit`s. */
  readonly size: number;
  /** The system's handle, as every copy of the addon in this process understands it. */
  readonly handle: number;
  /** Whether another handle of this process is of the same memory. */
  isOf(handle: number): boolean;
  /**
   * The memory as an ArrayBuffer, once. Where the system lays it over pages of V8's, it takes those of
   * `makePages`: `size` bytes in whole pages. Throws what that throws, or a system error.
   */
  open(makePages: () => ArrayBufferLike): ArrayBuffer;
  /** As `Atomics.wait` and `notify`, once it is open. */
  wait(index: number, value: number, timeout: number): 'ok' | 'not-equal' | 'timed-out';
  notify(index: number, count: number): number;
  /** The ArrayBuffer is detached, or has zeroed memory of its own again. Idempotent. */
  close(): void;
}

/** What the accepting side decides about a peer before any memory is shared with it. */
export interface NativeListenerOptions {
  /** Bytes of each message ring and result ring, and of each reply ring; powers of two. */
  eventCapacity: number;
  replyCapacity: number;
  /** Called once per peer whose hello is well-formed and whose user is ours. */
  authorize(token: Uint8Array, processId: number): boolean;
  /** Called when the peer has mapped the segment and accepted. Call `link.start` to receive. */
  onLink(link: NativeLink, token: Uint8Array): void;
}

export interface NativeListener {
  close(): void;
  ref(): void;
  unref(): void;
}

/**
 * The addon's exports. Functions that are called for each message take the number of a link, since
 * a method of a native object costs three times as much. They return a status number, as the
 * methods do.
 */
export interface NativeAddon {
  /** Sends one message without ever blocking; what does not fit waits in memory, in order. */
  send(link: number, headLength: number, body: Uint8Array | undefined): number;
  /**
   * Sends a result as `send` sends a message. It arrives behind the messages that were sent before
   * it, unless these keep the peer busy for longer than a turn of its event loop. No limit counts.
   */
  sendResult(link: number, headLength: number, body: Uint8Array | undefined): number;
  /**
   * Sends a request and blocks this thread until its answer, the end of the link or the deadline.
   * Returns `(body ? 32768 : 0) + headLength` of the answer, or a negated status.
   * `timeout` is in milliseconds; 0 means no deadline.
   */
  call(link: number, headLength: number, body: Uint8Array | undefined, timeout: number): number;
  /** Answers the synchronous call `sequence` (from the message listener). Never blocks. */
  reply(link: number, sequence: number, headLength: number, body: Uint8Array | undefined): number;
  /**
   * Takes the next message of this turn. The message listener calls it after the ticks and microtasks
   * of its message. Returns 0 if there is none now, else
   * `sequence * 65536 + (body ? 32768 : 0) + headLength`; for a result negated, without a sequence.
   */
  next(link: number): number;
  readonly status: NativeStatus;
  readonly limits: {
    readonly tokenLength: number;
    readonly headCapacity: number;
    readonly minCapacity: number;
    readonly maxCapacity: number;
    readonly maxBodyLength: number;
    readonly maxSharedLength: number;
    readonly sharedUnit: number;
    readonly protocolVersion: number;
  };
  /** Listens on an address (`[A-Za-z0-9._/-]+`, at most 100 characters). Throws a system error. */
  listen(address: string, options: NativeListenerOptions): NativeListener;
  /**
   * Connects and blocks until the handshake is over, or until the timeout. Tries again while the
   * listener takes nobody (`Refused`).
   */
  connectSync(address: string, token: Uint8Array, timeout: number): NativeLink | NativeFailure;
  /**
   * Connects from the event loop. `done` gets a link, or why there is none. A failure that shows at
   * once is returned, and `done` is not called. `Refused`: the listener takes nobody now.
   */
  connect(
    address: string,
    token: Uint8Array,
    done: (result: NativeLink | NativeFailure) => void,
  ): NativeConnecting | NativeFailure;
  /** What tells the user of this process from others, in letters, digits and dashes. */
  currentUser(): string;
  /** Bytes that nobody can guess. Throws a system error. */
  randomBytes(length: number): Uint8Array;
  /** Makes zeroed memory to be shared. Throws a system error. */
  createSharedMemory(byteLength: number): NativeSharedMemory;
  /**
   * Lets the loop of Chromium's UI thread wake this environment instead of libuv's: Electron's main
   * process has one. Returns false, and does nothing, where there is none that the addon knows.
   *
   * In a nested loop (a dialog, a drag) messages wait, unless tasks of Chromium run there. When
   * something waits, `askForTask` is called: post a task that calls {@link resumeWatches}.
   * `nestedChanged` is called when a nested loop begins, and when the outermost loop goes on.
   * Neither may throw; ticks wait until other JavaScript has run.
   */
  useUiLoop(askForTask: () => void, nestedChanged: (nested: boolean) => void): boolean;
  /**
   * Call this from a task of Chromium. It says that tasks run in this loop, so messages may be
   * delivered.
   */
  resumeWatches(): void;
  /** Whether the UI thread's loop runs this code, for a message. Otherwise a task of Chromium does. */
  inWatch(): boolean;
  /** Runs a nested loop of the UI thread until `isDone`, for at most `timeout` milliseconds. */
  iterate(isDone: () => boolean, timeout: number): void;
  /** Handles an exception as Node handles one that nobody caught. */
  reportUncaught(error: unknown): void;
}

/** Why there is no link: a status number, or the error of a system call. */
export type NativeFailure = number | NativeSystemError;

/** Whether this is one. */
export function isFailure(result: unknown): result is NativeFailure {
  return typeof result === 'number' || isSystemError(result);
}

/** An attempt to connect that is under way. */
export interface NativeConnecting {
  /** Gives up; `done` is not called any more. Idempotent. */
  cancel(): void;
}

let addon: NativeAddon | undefined;

/** Makes this the addon of this JavaScript context; the first one stays. */
export function setNativeAddon(loaded: NativeAddon): NativeAddon {
  addon ??= loaded;
  return addon;
}

/** The addon of this JavaScript context. Who asks holds something of it, or has loaded it. */
export function nativeAddon(): NativeAddon {
  if (addon) return addon;
  throw new RingwireError('ERR_RINGWIRE_UNSUPPORTED', { detail: 'no addon has been loaded' });
}
