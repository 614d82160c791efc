import { RingwireError } from './errors.ts';
import type { InvokeOptions } from './types.ts';

/** The longest timeout of Node's timers: 24 days. */
const longestTimer = 2 ** 31 - 1;

/** @throws {@link RingwireError} `ERR_RINGWIRE_INVALID_ARGUMENT` */
export function checkTimeout(timeout: unknown): void {
  if (timeout === undefined || (typeof timeout === 'number' && timeout > 0)) return;
  throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', {
    detail: `timeout must be milliseconds above 0 and is ${String(timeout)}`,
  });
}

/** Milliseconds as a transport wants them: whole, and 0 for no deadline. */
export function toDeadline(timeout: number | undefined): number {
  if (timeout === undefined || timeout > longestTimer) return 0;
  return Math.ceil(timeout);
}

/** Says what was waited for, and for how many milliseconds. */
export function timeoutError(what: string, timeout: number | undefined): RingwireError {
  return new RingwireError('ERR_RINGWIRE_TIMEOUT', { detail: `${what} in ${timeout} ms` });
}

/**
 * Ends a wait at its deadline, with `ERR_RINGWIRE_TIMEOUT`, or by its signal, with the signal's
 * reason.
 *
 * @returns a function that releases timer and signal. Call it when the wait is over, however it
 * ended.
 */
export function limitWait(
  { timeout, signal }: InvokeOptions,
  what: string,
  giveUp: (reason: unknown) => void,
): () => void {
  const onAbort = (): void => giveUp(signal?.reason);
  const onTimeout = (): void => giveUp(timeoutError(what, timeout));
  signal?.addEventListener('abort', onAbort, { once: true });
  const milliseconds = toDeadline(timeout);
  const timer = milliseconds === 0 ? undefined : setTimeout(onTimeout, milliseconds);
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  };
}
