import { BaseCodec, type Codec, Format } from './base.ts';
import { PlainEncoder } from './plain/encoder.ts';
import { serialize, stringify } from './serializers.ts';

class StructuredCodec extends BaseCodec {
  readonly #encoder = new PlainEncoder();

  encode(values: readonly unknown[], out: Uint8Array, offset: number): number {
    const end = this.#encoder.encode(values, out, offset + 1);
    if (end < 0) return this.serialize(Format.Structured, serialize, values, out, offset);
    out[offset] = Format.Plain;
    this.body = this.#encoder.takeBody();
    this.shared = this.#encoder.takeShared();
    this.ranCode = false;
    return end;
  }
}

class JsonCodec extends BaseCodec {
  encode(values: readonly unknown[], out: Uint8Array, offset: number): number {
    return this.serialize(Format.Json, stringify, values, out, offset);
  }
}

/**
 * The contract of Electron's IPC: the structured clone algorithm, exactly as V8 implements it.
 * Plain values (plain/format.ts) travel in a shorter format, which no receiver can tell apart.
 */
export function structuredCodec(): Codec {
  return new StructuredCodec();
}

/** The contract of the first Electron documents: the values arrive as JSON would have them. */
export function jsonCodec(): Codec {
  return new JsonCodec();
}

/** A codec that Electron's windows may use, too. */
export function builtInCodec(name: 'structured' | 'json'): Codec {
  return name === 'json' ? jsonCodec() : structuredCodec();
}
