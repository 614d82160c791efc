import { createHash } from 'node:crypto';
import { RingwireError } from '../core/errors.ts';
import { loadNative } from '../core/load-native.ts';

/** Longest name of {@link addressOf}. */
const maxNameLength = 60;

/**
 * The socket address of a name. It has no file, so it vanishes with its process. Each user has names
 * of their own.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_INVALID_ARGUMENT`
 */
export function addressOf(name: unknown): string {
  if (typeof name !== 'string' || !/^[A-Za-z0-9._/-]+$/.test(name) || name.length > maxNameLength) {
    throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', {
      detail: `a name has 1 to ${maxNameLength} of A-Z a-z 0-9 . _ / - and is ${printed(name)}`,
    });
  }
  return `ringwire/${loadNative().currentUser()}/${name}`;
}

/** What stands for an address that a system's prefix would make too long. */
export function shortened(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, 40);
}

/** The bytes that stand for a token of any length; zeroes when there is none. */
export function tokenBytes(token: string | undefined): Uint8Array {
  const { tokenLength } = loadNative().limits;
  if (token === undefined) return new Uint8Array(tokenLength);
  if (typeof token === 'string' && token !== '') {
    return createHash('sha512').update(token).digest().subarray(0, tokenLength);
  }
  throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', {
    detail: `a token is a string that is not empty and is ${printed(token)}`,
  });
}

function printed(value: unknown): string {
  return typeof value === 'string' ? `'${value.slice(0, 100)}'` : `of type ${typeof value}`;
}
