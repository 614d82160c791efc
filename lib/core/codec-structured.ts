import { Buffer } from 'node:buffer';
import { Deserializer, Serializer } from 'node:v8';
import { RingwireError } from './errors.ts';

/**
 * Structured clone as Electron's IPC does it: V8's own ValueSerializer behind the *base* classes
 * of node:v8, which know no host objects, so views carry their whole memory, identity and cycles
 * are kept, and what stock refuses is refused.
 *
 * Runs getters of the values.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_UNCLONABLE`
 */
export function serialize(values: readonly unknown[]): Uint8Array {
  const serializer = new Serializer();
  try {
    serializer.writeHeader();
    serializer.writeValue(values);
    return serializer.releaseBuffer();
  } catch (cause) {
    throw new RingwireError('ERR_RINGWIRE_UNCLONABLE', { detail: describe(cause), cause });
  }
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : typeof thrown;
}

/**
 * Reads what {@link serialize} wrote. V8 checks every length against the bytes that are there.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_CORRUPT`
 */
export function deserialize(bytes: Uint8Array): unknown[] {
  let values: unknown;
  try {
    const deserializer = new Deserializer(bytes);
    deserializer.readHeader();
    values = deserializer.readValue();
  } catch (cause) {
    throw new RingwireError('ERR_RINGWIRE_CORRUPT', { detail: describe(cause), cause });
  }
  if (!Array.isArray(values)) {
    throw new RingwireError('ERR_RINGWIRE_CORRUPT', { detail: 'values that are not a list' });
  }
  return values;
}

/** A view that V8 can read, of a part of a message's head. */
export function view(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset + start, end - start);
}
