/**
 * *Plain* values need no serialiser: undefined, null, booleans, numbers, strings, dates, byte arrays
 * that are the whole of their memory, and small trees of dense arrays and ordinary objects of these
 * without shared references. They are nearly all messages, and V8's serialiser is slow to start:
 * `{ id, name, visible, bounds: { x, y, width, height } }` takes 10 us there and 3 us here, a lone
 * number 8 us there and 0.2 us here, and a large byte array is copied twice less. What is not plain,
 * or large, is V8's (codec-serializers.ts); no receiver can tell which of the two carried a value.
 *
 * Measured against msgpackr, to and from bytes: the object above 2.8 us here, 1.9 there; 500 bytes of
 * records 13 us here, 12 there. But msgpackr is exact only behind a check of the values (0.8 and 6 us:
 * getters, proxies, -0, lone surrogates), and its reader learns records from whoever writes.
 *
 *     values:  count u8, value ...
 *     value:   type u8, then what the type says (numbers little-endian)
 */
export const PlainType = {
  Undefined: 0,
  Null: 1,
  False: 2,
  True: 3,
  /** u8 */
  Byte: 4,
  /** i32 */
  Integer: 5,
  /** f64 */
  Double: 6,
  /** length u16, one byte per character below U+0080 */
  Ascii: 7,
  /** length u16 in units, then UTF-16: exact for any string */
  Wide: 8,
  /** f64 */
  Date: 9,
  /** length u16, bytes */
  Bytes: 10,
  /** the body of the message, as bytes; one per message */
  Body: 11,
  /** count u8, value ... */
  Array: 12,
  /** count u8, key (Ascii or Wide) ..., value ...; the keys become the next *shape* */
  Object: 13,
  /** number u8 of an earlier shape, value ...: lists of like objects state their keys once */
  ObjectOfShape: 14,
  /** u32: the ticket with which a shared buffer was handed over */
  Shared: 15,
} as const;

export type PlainType = (typeof PlainType)[keyof typeof PlainType];

export const plainLimits = {
  /** Values, elements or keys in one list: the counts are bytes. */
  count: 255,
  /** Values in one message. The more there are, the less V8's slow start matters. */
  values: 512,
  /** Lists and objects within each other; a peer cannot exhaust the stack. */
  depth: 32,
  /** Shapes in one message. */
  shapes: 32,
  /** Characters; V8 copies longer strings at memory speed. */
  string: 4096,
  /** Bytes; longer arrays become the body and arrive without another copy. */
  inlineBytes: 4096,
} as const;
