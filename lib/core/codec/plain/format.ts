/**
 * *Plain* values need no serialiser: undefined, null, booleans, numbers, strings, dates, byte arrays
 * that are the whole of their memory, and small trees of dense arrays and ordinary objects of these
 * without shared references. Nearly all messages are plain, and V8's serialiser is slow to start: a
 * lone number takes 8 us there and 0.2 us here.
 *
 * All other values are V8's (serializers.ts). No receiver can tell which of the two wrote.
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
  /** Values in one message. With more of them, V8's slow start matters less. */
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
