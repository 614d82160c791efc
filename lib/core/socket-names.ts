import { isSystemError, systemCause } from './system-error.ts';

/** The longest address of a socket on Linux, where snaps are, in bytes. */
const maxLength = 107;

/** Makes a name short that is too long, always the same: at most 40 characters. */
export type Shorten = (name: string) => string;

/**
 * The names under which a socket may be found, in the order in which to try them. A package that is
 * strictly confined, such as a snap, may only bind names that begin with its own. `shorten` is for
 * names that may be too long then.
 */
export function socketNames(
  name: string,
  shorten: Shorten | undefined,
): readonly [string, ...string[]] {
  const { SNAP_INSTANCE_NAME, SNAP_NAME } = process.env;
  const snap = SNAP_INSTANCE_NAME || SNAP_NAME;
  if (!snap) return [name];
  const whole = `snap.${snap}.${name}`;
  if (whole.length <= maxLength || !shorten) return [name, whole];
  return [name, `snap.${snap}.ringwire/${shorten(name)}`];
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
  shorten?: Shorten,
): Listening<Listener> {
  const names = socketNames(name, shorten);
  for (const [at, address] of names.entries()) {
    try {
      const rename = (other: string): string => socketNames(other, shorten)[at] ?? other;
      return { listener: listen(address), address, rename };
    } catch (error) {
      if (at === names.length - 1 || !isForbidden(error)) throw error;
    }
  }
  throw new RangeError('there is always a name');
}

function isForbidden(error: unknown): boolean {
  if (!isSystemError(error)) return false;
  const { code } = systemCause(error);
  return code === 'EACCES' || code === 'EPERM';
}
