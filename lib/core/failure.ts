import { errorTable, RingwireError, type RingwireErrorCode } from './errors.ts';

/**
 * The values of a Failure message: [code, detail, name, message, stack, code of the error]. The
 * last four describe the error that a handler threw.
 */
export type Failure = readonly unknown[];

/** A failure that this package found. */
export function failureOf(code: RingwireErrorCode, detail: string): Failure {
  return [code, detail];
}

/** What a handler threw or rejected with, for the side that waits. Never throws. */
export function failureOfHandler(channel: string, thrown: unknown): Failure {
  const error = describe(thrown);
  const detail = `'${channel}': ${error.name === '' ? '' : `${error.name}: `}${error.message}`;
  return ['ERR_RINGWIRE_REMOTE', detail, error.name, error.message, error.stack, error.code];
}

interface Description {
  name: string;
  message: string;
  stack: string;
  code: string;
}

/** Only strings cross: errors may have getters and properties of any kind. */
function describe(thrown: unknown): Description {
  try {
    if (thrown instanceof Error) {
      const { code } = thrown as { code?: unknown };
      return {
        name: String(thrown.name),
        message: String(thrown.message),
        stack: String(thrown.stack),
        code: typeof code === 'string' ? code : '',
      };
    }
    return { name: '', message: String(thrown), stack: '', code: '' };
  } catch {
    return { name: '', message: `a ${typeof thrown} that has no text`, stack: '', code: '' };
  }
}

/** JavaScript's own errors: `instanceof` tells them apart on the side that waits, too. */
const errorClasses: ReadonlyMap<string, ErrorConstructor> = new Map(
  [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((each) => [
    each.name,
    each,
  ]),
);

/** The error for the side that waits. A peer wrote the values. */
export function toError(failure: Failure): RingwireError {
  const [code, detail, name, message, stack, errorCode] = failure.map(text);
  const known = code !== undefined && Object.hasOwn(errorTable, code);
  if (known && code !== 'ERR_RINGWIRE_REMOTE') {
    return new RingwireError(code as RingwireErrorCode, detail === undefined ? {} : { detail });
  }
  const cause = new (errorClasses.get(name ?? '') ?? Error)(message);
  if (name && cause.name !== name) cause.name = name;
  if (stack) cause.stack = stack;
  if (errorCode) Object.assign(cause, { code: errorCode });
  return new RingwireError('ERR_RINGWIRE_REMOTE', { detail: detail ?? 'no reason given', cause });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
