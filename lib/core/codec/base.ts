import { RingwireError } from '../errors.ts';
import { PlainDecoder } from './plain/decoder.ts';
import { deserialize, parse, view } from './serializers.ts';
import {
  type HandedOver,
  LiftedValues,
  nothingShared,
  type TakeShared,
  ticketLength,
} from './shared.ts';

/** Turns the values of a message into bytes and back. Knows nothing about channels. */
export interface Codec {
  /**
   * Writes the values to `out` from `offset` on, where at least 512 bytes are free.
   *
   * It may run getters of the values. A getter may use the same codec and `out` for another message:
   * see {@link Codec.ranCode}.
   *
   * @returns the end of what was written; {@link Codec.body} is the rest of the message.
   * @throws {@link RingwireError} `ERR_RINGWIRE_UNCLONABLE`
   */
  encode(values: readonly unknown[], out: Uint8Array, offset: number): number;
  /** The body that belongs to the last `encode`, borrowed from the values. */
  readonly body: Uint8Array | undefined;
  /** Releases the body, so that a large one does not live until the next message. */
  release(): void;
  /**
   * The shared buffers of the last `encode`. They must be handed over before its message is sent.
   */
  readonly shared: readonly HandedOver[];
  /** Whether the last `encode` could run code of the application before it wrote. */
  readonly ranCode: boolean;
  /**
   * Reads the values from `bytes[offset, end)` and the body, whichever codec wrote them. A peer wrote
   * these bytes, so they are checked. No result refers to `bytes`.
   *
   * @throws {@link RingwireError} `ERR_RINGWIRE_CORRUPT`
   */
  decode(
    bytes: Uint8Array,
    offset: number,
    end: number,
    body: ArrayBuffer | undefined,
    takeShared?: TakeShared,
  ): unknown[];
}

/** First byte of a payload. The numbers are part of the protocol. */
export const Format = {
  Plain: 1,
  Structured: 2,
  StructuredBody: 3,
  Json: 4,
  JsonBody: 5,
  Msgpack: 6,
  MsgpackBody: 7,
  /** Shared buffers among the values, then a payload of another format. */
  WithShared: 8,
} as const;

/** The most serialised bytes that travel in the head. */
const maxInlineBytes = 4096;

/** Reads every format except MessagePack. Subclasses choose what they write. */
export abstract class BaseCodec implements Codec {
  body: Uint8Array | undefined = undefined;
  shared: readonly HandedOver[] = nothingShared;
  ranCode = false;
  readonly #decoder = new PlainDecoder();

  abstract encode(values: readonly unknown[], out: Uint8Array, offset: number): number;

  release(): void {
    this.body = undefined;
    this.shared = nothingShared;
  }

  decode(
    bytes: Uint8Array,
    offset: number,
    end: number,
    body: ArrayBuffer | undefined,
    takeShared?: TakeShared,
  ): unknown[] {
    if (offset >= end) corrupt('a message without values');
    const format = bytes[offset];
    const start = offset + 1;
    switch (format) {
      case Format.Plain:
        return this.#decoder.decode(bytes, start, end, body, takeShared);
      case Format.Structured:
      case Format.Json: {
        if (body !== undefined) corrupt('a body that no value has');
        const inline = view(bytes, start, end);
        return format === Format.Json ? parse(inline) : deserialize(inline);
      }
      case Format.StructuredBody:
      case Format.JsonBody: {
        if (body === undefined) corrupt('values without their body');
        if (start !== end) corrupt(`${end - start} bytes behind the values`);
        const whole = new Uint8Array(body);
        return format === Format.JsonBody ? parse(whole) : deserialize(whole);
      }
      case Format.WithShared:
        return this.#decodeShared(bytes, start, end, body, takeShared);
      default:
        return corrupt(`payload format ${format}`);
    }
  }

  #decodeShared(
    bytes: Uint8Array,
    offset: number,
    end: number,
    body: ArrayBuffer | undefined,
    takeShared: TakeShared | undefined,
  ): unknown[] {
    const entry = 1 + ticketLength;
    const count = bytes[offset] as number;
    const rest = offset + 1 + count * entry;
    if (rest >= end || bytes[rest] === Format.WithShared) corrupt(`${count} shared buffers`);
    const values = this.decode(bytes, rest, end, body);
    for (let at = offset + 1; at < rest; at += entry) {
      const position = bytes[at] as number;
      if (position >= values.length) corrupt(`a shared buffer at ${position} of ${values.length}`);
      const ticket = new DataView(bytes.buffer, bytes.byteOffset + at + 1).getUint32(0, true);
      values[position] = takeShared?.(ticket) ?? corrupt('a shared buffer');
    }
    return values;
  }

  /** Writes values with a serialiser, which knows no shared buffers. */
  protected serialize(
    format: number,
    write: (values: readonly unknown[]) => Uint8Array,
    values: readonly unknown[],
    out: Uint8Array,
    offset: number,
  ): number {
    const lifted = LiftedValues.of(values);
    if (!lifted) {
      const end = this.#place(format, write(values), out, offset);
      this.shared = nothingShared;
      return end;
    }
    const serialized = write(lifted.rest);
    out[offset] = Format.WithShared;
    const end = this.#place(format, serialized, out, lifted.write(out, offset + 1));
    this.shared = lifted.shared;
    return end;
  }

  /** Writes serialised bytes: short ones to the head, others as the body (`format + 1`). */
  #place(format: number, bytes: Uint8Array, out: Uint8Array, offset: number): number {
    this.ranCode = true;
    if (bytes.length <= maxInlineBytes && offset + 1 + bytes.length <= out.length) {
      this.body = undefined;
      out[offset] = format;
      out.set(bytes, offset + 1);
      return offset + 1 + bytes.length;
    }
    this.body = bytes;
    out[offset] = format + 1;
    return offset + 1;
  }
}

function corrupt(detail: string): never {
  throw new RingwireError('ERR_RINGWIRE_CORRUPT', { detail });
}
