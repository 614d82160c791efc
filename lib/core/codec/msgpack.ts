import { Packr } from 'msgpackr';

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

/** The values as MessagePack, in memory of their own. */
export function packValues(values: readonly unknown[]): Uint8Array {
  return packr.pack(values);
}

/** Reads what {@link packValues} wrote; throws for anything else. */
export function unpackValues(bytes: Uint8Array): unknown {
  return packr.unpack(bytes);
}
