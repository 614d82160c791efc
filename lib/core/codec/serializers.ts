import { Buffer } from 'node:buffer';
import { Deserializer, Serializer } from 'node:v8';
import { RingwireError } from '../errors.ts';

/**
 * More values than a call can have: V8's stack ends before. Forty bytes can describe a list of
 * 2^32-1 holes, which takes a loop for ever and a spread all memory.
 */
const mostValues = 131_072;

/**
 * Structured clone as in Electron's IPC: V8's own serialiser, by the *base* classes of node:v8. These
 * know no host objects. So a view carries its whole memory, and what stock refuses is refused.
 *
 * Runs getters of the values.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_UNCLONABLE`
 */
export function serialize(values: readonly unknown[]): Uint8Array {
  return clone(() => {
    const serializer = new Serializer();
    serializer.writeHeader();
    serializer.writeValue(values);
    return serializer.releaseBuffer();
  });
}

/**
 * Reads what {@link serialize} wrote. V8 checks every length against the bytes that are there.
 *
 * @throws {@link UnreadableError}; a {@link RingwireError} when it is no list
 */
export function deserialize(bytes: Uint8Array): unknown[] {
  return read(() => {
    const deserializer = new Deserializer(bytes);
    deserializer.readHeader();
    return deserializer.readValue();
  });
}

/** The values as JSON. Runs their `toJSON` and getters. @throws as {@link serialize} */
export function stringify(values: readonly unknown[]): Uint8Array {
  return clone(() => Buffer.from(JSON.stringify(values), 'utf8'));
}

/** Reads what {@link stringify} wrote. @throws as {@link deserialize} */
export function parse(bytes: Uint8Array): unknown[] {
  return read(() => JSON.parse(Buffer.prototype.utf8Slice.call(bytes, 0, bytes.length)));
}

/** A view that V8 can read, of a part of a message's head. */
export function view(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset + start, end - start);
}

/** What a serialiser wrote. @throws as {@link serialize} */
export function clone(write: () => Uint8Array): Uint8Array {
  try {
    return write();
  } catch (cause) {
    // The serialiser met a shared buffer, which throws this.
    if ((cause as RingwireError | undefined)?.code === 'ERR_RINGWIRE_NOT_SHAREABLE') throw cause;
    throw new RingwireError('ERR_RINGWIRE_UNCLONABLE', { detail: describe(cause), cause });
  }
}

/** The serialiser refuses these bytes. The message around them is sound. */
export class UnreadableError extends RingwireError {
  /** What the serialiser threw. */
  declare readonly cause: unknown;

  constructor(cause: unknown) {
    super('ERR_RINGWIRE_CORRUPT', { detail: describe(cause), cause });
  }
}

/** The list that a serialiser reads. @throws as {@link deserialize} */
export function read(readValues: () => unknown): unknown[] {
  let values: unknown;
  try {
    values = readValues();
  } catch (cause) {
    throw new UnreadableError(cause);
  }
  if (!Array.isArray(values)) {
    throw new RingwireError('ERR_RINGWIRE_CORRUPT', { detail: 'values that are not a list' });
  }
  if (values.length <= mostValues) return values;
  throw new RingwireError('ERR_RINGWIRE_CORRUPT', { detail: `${values.length} values` });
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : typeof thrown;
}
