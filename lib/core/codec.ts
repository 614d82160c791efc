import { PlainDecoder } from './codec-plain-decoder.ts';
import { PlainEncoder } from './codec-plain-encoder.ts';
import { deserialize, serialize, view } from './codec-structured.ts';
import { RingwireError } from './errors.ts';

/** Turns the values of a message into bytes and back. Knows nothing about channels. */
export interface Codec {
  /**
   * Writes the values to `out` from `offset` on, where at least 64 bytes are free.
   *
   * Getters of the values may run, and may use the same codec and the same `out` for another
   * message: see {@link Codec.ranCode}.
   *
   * @returns the end of what was written; {@link Codec.body} is the rest of the message.
   * @throws {@link RingwireError} `ERR_RINGWIRE_UNCLONABLE`
   */
  encode(values: readonly unknown[], out: Uint8Array, offset: number): number;
  /** The body that belongs to the last `encode`. */
  readonly body: Uint8Array | undefined;
  /** Whether the last `encode` could run code of the application before it wrote. */
  readonly ranCode: boolean;
  /**
   * Reads the values from `bytes[offset, end)` and the body. A peer wrote both: they are checked,
   * and nothing of the result refers to `bytes`.
   *
   * @throws {@link RingwireError} `ERR_RINGWIRE_CORRUPT`
   */
  decode(bytes: Uint8Array, offset: number, end: number, body: ArrayBuffer | undefined): unknown[];
}

/** First byte of a payload. The numbers are part of the protocol. */
const Format = {
  Plain: 1,
  Structured: 2,
  StructuredBody: 3,
} as const;

/** Serialised bytes up to this many travel in the head. */
const maxInlineBytes = 4096;

class StructuredCodec implements Codec {
  body: Uint8Array | undefined = undefined;
  ranCode = false;
  readonly #encoder = new PlainEncoder();
  readonly #decoder = new PlainDecoder();

  encode(values: readonly unknown[], out: Uint8Array, offset: number): number {
    const end = this.#encoder.encode(values, out, offset + 1);
    if (end < 0) return this.#encodeStructured(values, out, offset);
    out[offset] = Format.Plain;
    this.body = this.#encoder.body;
    this.ranCode = false;
    return end;
  }

  #encodeStructured(values: readonly unknown[], out: Uint8Array, offset: number): number {
    const bytes = serialize(values);
    this.ranCode = true;
    if (bytes.length <= maxInlineBytes && offset + 1 + bytes.length <= out.length) {
      this.body = undefined;
      out[offset] = Format.Structured;
      out.set(bytes, offset + 1);
      return offset + 1 + bytes.length;
    }
    this.body = bytes;
    out[offset] = Format.StructuredBody;
    return offset + 1;
  }

  decode(bytes: Uint8Array, offset: number, end: number, body: ArrayBuffer | undefined): unknown[] {
    if (offset >= end) corrupt('a message without values');
    switch (bytes[offset]) {
      case Format.Plain:
        return this.#decoder.decode(bytes, offset + 1, end, body);
      case Format.Structured:
        if (body !== undefined) corrupt('a body that no value has');
        return deserialize(view(bytes, offset + 1, end));
      case Format.StructuredBody:
        if (body === undefined) corrupt('values without their body');
        if (offset + 1 !== end) corrupt(`${end - offset - 1} bytes behind the values`);
        return deserialize(new Uint8Array(body));
      default:
        return corrupt(`payload format ${bytes[offset]}`);
    }
  }
}

/**
 * The contract of Electron's IPC: the structured clone algorithm, exactly as V8 implements it.
 * Plain values (codec-plain-format.ts) travel without it, in a way no receiver can tell.
 */
export function structuredCodec(): Codec {
  return new StructuredCodec();
}

function corrupt(detail: string): never {
  throw new RingwireError('ERR_RINGWIRE_CORRUPT', { detail });
}
