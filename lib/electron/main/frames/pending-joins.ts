import { Buffer } from 'node:buffer';
import { nativeAddon } from '../../../core/native.ts';
import type { Sender } from '../dispatch/ipc-event.ts';
import type { PrivateMessage } from '../hooks/private-events.ts';
import { warnOfStock } from '../warning.ts';
import { keyOf } from './frame-key.ts';

/**
 * Milliseconds; longer than any renderer takes to start. A token that is unused by then never will
 * be used.
 */
const tokenLifetime = 60_000;

/** Stock messages that wait for a frame to connect. It does so at once, so there are hardly any. */
const outOfBandPerFrame = 256;

/**
 * Frames of one process that may be expected at a time. A process connects one frame after the
 * other, so there are hardly any; a hostile one could make and remove frames without end.
 */
const joinsPerProcess = 64;

/** A frame that was told where to connect and has not done so yet. */
export interface PendingJoin {
  readonly from: Sender;
  readonly expires: number;
  /** Out-of-band messages that came meanwhile: the frame has its end of the link before main has. */
  readonly outOfBand: PrivateMessage[];
  /** Tells its `up` from those of the frame's other documents. */
  readonly document: number;
  /** Whether the frame has begun to show another document. */
  left: boolean;
}

/** The frames that will connect, each with a one-time token. */
export class PendingJoins {
  readonly #release: (message: PrivateMessage) => void;
  readonly #byToken = new Map<string, PendingJoin>();

  /** `release` delivers an out-of-band message whose frame will not connect. */
  constructor(release: (message: PrivateMessage) => void) {
    this.#release = release;
  }

  /** Expects a frame to connect. Returns its token. */
  add(from: Sender, document: number): Uint8Array {
    const addon = nativeAddon();
    const token = addon.randomBytes(addon.limits.tokenLength);
    const expires = Date.now() + tokenLifetime;
    const others = [...this.#byToken.values()].filter(
      (pending) => pending.from.osProcessId === from.osProcessId,
    );
    if (others.length === joinsPerProcess) this.drop((pending) => pending === others[0]);
    this.#byToken.set(hex(token), { from, expires, outOfBand: [], document, left: false });
    return token;
  }

  /** Whether a process may connect with this token. */
  authorize(token: Uint8Array, osProcessId: number): boolean {
    const pending = this.#byToken.get(hex(token));
    return pending?.from.osProcessId === osProcessId && pending.expires > Date.now();
  }

  /** The frame that has connected with this token, once. */
  take(token: Uint8Array): PendingJoin | undefined {
    const key = hex(token);
    const pending = this.#byToken.get(key);
    this.#byToken.delete(key);
    return pending;
  }

  /**
   * Keeps an out-of-band message until its frame has connected. False: no frame will, or it had sent
   * more than it may, and everything of it has been delivered.
   */
  addOutOfBand(message: PrivateMessage): boolean {
    const { processId, frameId } = message.event;
    const latest = [...this.#byToken.values()]
      .filter(({ from }) => from.processId === processId && from.frameId === frameId)
      .at(-1);
    if (!latest) return false;
    if (latest.outOfBand.length === outOfBandPerFrame) {
      warnOfStock(
        'a window stays',
        `It has sent ${outOfBandPerFrame} out-of-band messages and not connected.`,
      );
      this.drop((pending) => pending === latest);
      return false;
    }
    latest.outOfBand.push(message);
    return true;
  }

  /** The frame with this key has begun to show another document. */
  leave(key: string): void {
    for (const pending of this.#byToken.values()) {
      const { processId, frameId } = pending.from;
      if (keyOf(processId, frameId) === key) pending.left = true;
    }
  }

  /** Drops frames that never came, and what this frame was told before. */
  dropOlder({ processId, frameId }: Sender): void {
    const now = Date.now();
    this.drop(
      ({ expires, from }) =>
        expires < now || (from.processId === processId && from.frameId === frameId),
    );
  }

  /** Drops frames that will not connect, and delivers what they sent out of band. */
  drop(gone: (pending: PendingJoin) => boolean): void {
    for (const [token, pending] of this.#byToken) {
      if (!gone(pending)) continue;
      this.#byToken.delete(token);
      for (const message of pending.outOfBand) this.#release(message);
    }
  }
}

function hex(token: Uint8Array): string {
  return Buffer.from(token).toString('hex');
}
