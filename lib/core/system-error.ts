import { getSystemErrorName } from 'node:util';
import { RingwireError } from './errors.ts';

/** What the addon reports about a system call that failed. */
export interface NativeSystemError extends Error {
  /** The call, such as `memfd_create`. */
  readonly syscall: string;
  /** As in Node's own errors, whatever number the system has for it; 0 when nobody knows. */
  readonly errno: number;
}

/** Whether the addon has thrown or returned this for a system call. */
export function isSystemError(error: unknown): error is NativeSystemError {
  return error instanceof Error && 'syscall' in error && 'errno' in error;
}

/** The name of Node's error number, such as `EMFILE`. */
function nameOf(errno: number): string {
  return errno < 0 ? getSystemErrorName(errno) : `errno ${errno}`;
}

/** The same as Node would have it: `code` is a name such as `EMFILE`. */
export function systemCause({ syscall, errno }: NativeSystemError): NodeJS.ErrnoException {
  const code = nameOf(errno);
  return Object.assign(new Error(`${syscall}: ${code}`), { code, errno, syscall });
}

/**
 * `ERR_RINGWIRE_SYSTEM` for an error of the addon.
 *
 * @param attempt - what this was for, such as `connect to com.example.app`
 */
export function systemError(attempt: string, error: NativeSystemError): RingwireError {
  const cause = systemCause(error);
  const detail = `${attempt}: ${cause.message}`;
  return new RingwireError('ERR_RINGWIRE_SYSTEM', { detail, cause });
}
