import { RingwireError } from './errors.ts';

/** The names of all options of a kind; the compiler sees that none is missing. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/**
 * A misspelt option would be ignored in silence.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_INVALID_ARGUMENT` that names it
 */
export function checkNames<Options extends object>(
  what: string,
  options: Options,
  names: OptionNames<Options>,
): void {
  // Not by Object.keys, which would make a list for each sendSyncWith and invokeWith.
  for (const name in options) {
    if (Object.hasOwn(names, name)) continue;
    const known = Object.keys(names).join(', ');
    throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', {
      detail: `${what} has no option '${name}', but ${known}`,
    });
  }
}
