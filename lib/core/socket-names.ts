import { createHash } from 'node:crypto';
import { constants } from 'node:os';

/** The longest address of a socket, in bytes. */
const maxLength = 107;
/** Hexadecimal digits of the hash that replaces a name that is too long. */
const digestLength = 40;

/**
 * The names under which a socket may be found, in the order in which to try them. A package that is
 * strictly confined, such as a snap, may only bind names that begin with its own.
 */
export function socketNames(name: string): readonly [string, ...string[]] {
  const { SNAP_INSTANCE_NAME, SNAP_NAME } = process.env;
  const snap = SNAP_INSTANCE_NAME || SNAP_NAME;
  if (!snap) return [name];
  const whole = `snap.${snap}.${name}`;
  if (whole.length <= maxLength) return [name, whole];
  const digest = createHash('sha256').update(name).digest('hex');
  return [name, `snap.${snap}.ringwire/${digest.slice(0, digestLength)}`];
}

/** A listener, and the name that the system allowed. */
export interface Listening<Listener> {
  readonly listener: Listener;
  readonly address: string;
  /** Another name, as the system allows it. */
  rename(name: string): string;
}

/**
 * Listens on the first of {@link socketNames} that the system does not forbid.
 *
 * @throws what `listen` throws for the last of them
 */
export function listenAllowed<Listener>(
  name: string,
  listen: (address: string) => Listener,
): Listening<Listener> {
  const names = socketNames(name);
  for (const [at, address] of names.entries()) {
    try {
      const rename = (other: string): string => socketNames(other)[at] ?? other;
      return { listener: listen(address), address, rename };
    } catch (error) {
      if (at === names.length - 1 || !isForbidden(error)) throw error;
    }
  }
  throw new RangeError('there is always a name');
}

function isForbidden(error: unknown): boolean {
  const { errno } = error as { errno?: unknown };
  return errno === constants.errno.EACCES || errno === constants.errno.EPERM;
}
