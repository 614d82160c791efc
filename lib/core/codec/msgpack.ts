import { Packr } from 'msgpackr/pack';
import { BaseCodec, type Codec, Format } from './base.ts';
import { clone, read, view } from './serializers.ts';
import type { TakeShared } from './shared.ts';

/**
 * MessagePack by msgpackr. Every option that decides what crosses is written out. It learns nothing
 * from the peer (records, shared structures), and no result refers to the message's memory.
 */
const packr = new Packr({
  useRecords: false,
  maxSharedStructures: 0,
  structuredClone: false,
  mapsAsObjects: true,
  moreTypes: false,
  copyBuffers: true,
  encodeUndefinedAsNil: false,
  largeBigIntToFloat: false,
  int64AsType: 'bigint',
  bundleStrings: false,
  variableMapSize: true,
});

/** The values as MessagePack. @throws as `serialize` */
function pack(values: readonly unknown[]): Uint8Array {
  return clone(() => packr.pack(values));
}

/** Reads what {@link pack} wrote. @throws as `deserialize` */
function unpack(bytes: Uint8Array): unknown[] {
  return read(() => packr.unpack(bytes));
}

/** Reads MessagePack, too. Only a side that chooses it exposes the decoder to its peer. */
class MsgpackCodec extends BaseCodec {
  encode(values: readonly unknown[], out: Uint8Array, offset: number): number {
    return this.serialize(Format.Msgpack, pack, values, out, offset);
  }

  override decode(
    bytes: Uint8Array,
    offset: number,
    end: number,
    body: ArrayBuffer | undefined,
    takeShared?: TakeShared,
  ): unknown[] {
    const format = bytes[offset];
    if (format === Format.Msgpack) return unpack(view(bytes, offset + 1, end));
    if (format === Format.MsgpackBody && body) return unpack(new Uint8Array(body));
    return super.decode(bytes, offset, end, body, takeShared);
  }
}

/**
 * MessagePack: data as in JSON, and bytes, dates, undefined and big integers. Functions, prototypes
 * and shared references are not kept.
 */
export function msgpackCodec(): Codec {
  return new MsgpackCodec();
}
