import { RingwireError } from '../core/errors.ts';
import { loadNative } from '../core/load-native.ts';
import type { NativeListener, NativeListenerOptions } from '../core/native.ts';
import { type Listening, listenAllowed } from '../core/socket-names.ts';
import { isSystemError, systemCause, systemError } from '../core/system-error.ts';
import type { MemoryOptions } from '../core/types.ts';
import { shortened } from './address.ts';

const defaultCapacity = 1024 * 1024;

/**
 * Listens on a name, or on a similar one where the system forbids it.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_ADDRESS_IN_USE`, `_INVALID_ARGUMENT`, `_SYSTEM`
 */
export function listenNative(
  name: string,
  { capacity = defaultCapacity }: MemoryOptions,
  callbacks: Pick<NativeListenerOptions, 'authorize' | 'onLink'>,
): Listening<NativeListener> {
  checkCapacity(capacity);
  try {
    const capacities = { eventCapacity: capacity, replyCapacity: replyCapacityOf(capacity) };
    const native = loadNative();
    return listenAllowed(
      name,
      (address) => native.listen(address, { ...capacities, ...callbacks }),
      shortened,
    );
  } catch (cause) {
    throw toRingwireError(name, cause);
  }
}

/** Answers come one at a time, so a smaller ring is enough for them. */
function replyCapacityOf(capacity: number): number {
  return Math.max(loadNative().limits.minCapacity, capacity / 4);
}

function checkCapacity(capacity: unknown): void {
  const { minCapacity, maxCapacity } = loadNative().limits;
  const valid =
    typeof capacity === 'number' &&
    capacity >= minCapacity &&
    capacity <= maxCapacity &&
    Number.isInteger(Math.log2(capacity));
  if (valid) return;
  throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', {
    detail: `capacity is a power of two from ${minCapacity} to ${maxCapacity}, not ${String(capacity)}`,
  });
}

function toRingwireError(address: string, cause: unknown): unknown {
  if (!isSystemError(cause)) return cause;
  const inUse = systemCause(cause).code === 'EADDRINUSE';
  return inUse
    ? new RingwireError('ERR_RINGWIRE_ADDRESS_IN_USE', { detail: address, cause })
    : systemError(`listen on ${address}`, cause);
}
