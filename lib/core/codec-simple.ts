import { Buffer } from 'node:buffer';
import { RingwireError } from './errors.ts';

/**
 * Values that need no serialiser: undefined, null, booleans, numbers, strings of a few KiB, and one
 * Uint8Array that is the whole of its memory. They are most messages, and structured cloning them
 * would take 8 us where this takes a fraction of one.
 *
 *     | count u8 | { type u8, data } ... |
 */
const Type = {
  Undefined: 0,
  Null: 1,
  False: 2,
  True: 3,
  /** i32 */
  Integer: 4,
  /** f64 */
  Double: 5,
  /** length u16, one byte per character below U+0080 */
  Ascii: 6,
  /** length u16 in units, then UTF-16 */
  Wide: 7,
  /** length u16, bytes */
  Bytes: 8,
  /** the body of the message */
  Body: 9,
} as const;

const maxCount = 255;
/** Longer strings are left to V8, which copies them at memory speed. */
const maxStringLength = 4096;
/** Longer byte arrays become the body, and arrive in memory of their own without another copy. */
const maxInlineBytes = 4096;
/** Up to this length a loop in JavaScript beats a call into Node. */
const maxLoopLength = 20;
/** Room for anything but a string or bytes. */
const scalarRoom = 9;

const float = new Float64Array(1);
const floatBytes = new Uint8Array(float.buffer);
const { utf8Write, ucs2Write, latin1Slice, ucs2Slice } = Buffer.prototype as unknown as {
  utf8Write(this: Uint8Array, text: string, offset: number, length: number): number;
  ucs2Write(this: Uint8Array, text: string, offset: number, length: number): number;
  latin1Slice(this: Uint8Array, start: number, end: number): string;
  ucs2Slice(this: Uint8Array, start: number, end: number): string;
};

/** The byte array of the last {@link encodeSimple} that is to travel as the body. */
let body: Uint8Array | undefined;

/** Takes the body of the last {@link encodeSimple}. */
export function takeSimpleBody(): Uint8Array | undefined {
  const taken = body;
  body = undefined;
  return taken;
}

/**
 * Writes the values at `offset`. Runs no code of the application.
 *
 * @returns the end, or -1 when a value is not simple or there is no room.
 */
export function encodeSimple(values: readonly unknown[], out: Uint8Array, offset: number): number {
  const count = values.length;
  if (count > maxCount) return -1;
  body = undefined;
  let hasBytes = false;
  let at = offset;
  if (at >= out.length) return -1;
  out[at++] = count;
  for (let i = 0; i < count; i++) {
    const value = values[i];
    if (at + scalarRoom > out.length) return -1;
    switch (typeof value) {
      case 'string':
        at = writeString(value, out, at);
        break;
      case 'number':
        at = writeNumber(value, out, at);
        break;
      case 'boolean':
        out[at++] = value ? Type.True : Type.False;
        break;
      case 'undefined':
        // A hole of a sparse array is not undefined; nobody passes one as arguments.
        out[at++] = Type.Undefined;
        break;
      case 'object':
        if (value === null) {
          out[at++] = Type.Null;
        } else {
          if (hasBytes || !isWholeBytes(value)) return -1;
          hasBytes = true;
          at = writeBytes(value, out, at);
        }
        break;
      default:
        return -1;
    }
    if (at < 0) return -1;
  }
  return at;
}

function writeNumber(value: number, out: Uint8Array, offset: number): number {
  let at = offset;
  if ((value | 0) === value && (value !== 0 || 1 / value > 0)) {
    out[at++] = Type.Integer;
    out[at++] = value & 0xff;
    out[at++] = (value >> 8) & 0xff;
    out[at++] = (value >> 16) & 0xff;
    out[at++] = (value >> 24) & 0xff;
    return at;
  }
  float[0] = value;
  out[at++] = Type.Double;
  for (let i = 0; i < 8; i++) out[at++] = floatBytes[i] as number;
  return at;
}

function writeString(text: string, out: Uint8Array, offset: number): number {
  const length = text.length;
  const start = offset + 3;
  // Room for both encodings, and for utf8Write never to be cut at exactly `length`.
  if (length > maxStringLength || start + 2 * length + 4 > out.length) return -1;
  out[offset + 1] = length & 0xff;
  out[offset + 2] = length >> 8;
  if (isAsciiWritten(text, out, start)) {
    out[offset] = Type.Ascii;
    return start + length;
  }
  out[offset] = Type.Wide;
  ucs2Write.call(out, text, start, 2 * length);
  return start + 2 * length;
}

/** Writes the text one byte per character when every character is ASCII. */
function isAsciiWritten(text: string, out: Uint8Array, start: number): boolean {
  const length = text.length;
  if (length > maxLoopLength) {
    // As many bytes as units: every one of them was ASCII.
    return utf8Write.call(out, text, start, length + 4) === length;
  }
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return false;
    out[start + i] = unit;
  }
  return true;
}

const bytesPrototypes = [Uint8Array.prototype, Buffer.prototype] as const;

/** Whether a receiver could not tell this view from a fresh Uint8Array with the same bytes. */
function isWholeBytes(value: object): value is Uint8Array {
  if (!ArrayBuffer.isView(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== bytesPrototypes[0] && prototype !== bytesPrototypes[1]) return false;
  const { buffer, byteLength } = value;
  // An empty array may be detached, which is V8's to refuse.
  return (
    byteLength !== 0 &&
    byteLength === buffer.byteLength &&
    Object.getPrototypeOf(buffer) === ArrayBuffer.prototype &&
    !(buffer as { resizable?: boolean }).resizable
  );
}

function writeBytes(bytes: Uint8Array, out: Uint8Array, offset: number): number {
  const length = bytes.length;
  if (length > maxInlineBytes || offset + 3 + length > out.length) {
    body = bytes;
    out[offset] = Type.Body;
    return offset + 1;
  }
  out[offset] = Type.Bytes;
  out[offset + 1] = length & 0xff;
  out[offset + 2] = length >> 8;
  out.set(bytes, offset + 3);
  return offset + 3 + length;
}

/** Reads what {@link encodeSimple} wrote; throws `ERR_RINGWIRE_CORRUPT` for anything else. */
export function decodeSimple(
  bytes: Uint8Array,
  offset: number,
  end: number,
  received: ArrayBuffer | undefined,
): unknown[] {
  let at = offset;
  if (at >= end) corrupt('a list of values without its count');
  const count = bytes[at++] as number;
  const values: unknown[] = [];
  let rest = received;
  for (let i = 0; i < count; i++) {
    if (at >= end) corrupt(`${i} values where ${count} were announced`);
    const type = bytes[at++] as number;
    if (type >= Type.Ascii && type <= Type.Bytes) {
      if (at + 2 > end) corrupt('a value without its length');
      const length = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
      const size = type === Type.Wide ? 2 * length : length;
      at += 2;
      if (at + size > end) corrupt(`a value of ${size} bytes where ${end - at} follow`);
      values.push(readSized(type, bytes, at, size));
      at += size;
    } else if (type === Type.Integer || type === Type.Double) {
      const size = type === Type.Integer ? 4 : 8;
      if (at + size > end) corrupt('a number that is cut off');
      values.push(size === 4 ? readInteger(bytes, at) : readDouble(bytes, at));
      at += size;
    } else if (type === Type.Body) {
      if (rest === undefined) corrupt('a value without its body');
      values.push(new Uint8Array(rest));
      rest = undefined;
    } else {
      values.push(readConstant(type));
    }
  }
  if (at !== end) corrupt(`${end - at} bytes behind the last value`);
  if (rest !== undefined) corrupt('a body that no value has');
  return values;
}

function readConstant(type: number): undefined | null | boolean {
  switch (type) {
    case Type.Undefined:
      return undefined;
    case Type.Null:
      return null;
    case Type.False:
      return false;
    case Type.True:
      return true;
    default:
      return corrupt(`value type ${type}`);
  }
}

function readInteger(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}

function readDouble(bytes: Uint8Array, at: number): number {
  for (let i = 0; i < 8; i++) floatBytes[i] = bytes[at + i] as number;
  return float[0] as number;
}

function readSized(type: number, bytes: Uint8Array, at: number, size: number): unknown {
  if (type === Type.Wide) return ucs2Slice.call(bytes, at, at + size);
  if (type === Type.Bytes) return bytes.slice(at, at + size);
  if (size > maxLoopLength) return latin1Slice.call(bytes, at, at + size);
  const units = new Array<number>(size);
  for (let i = 0; i < size; i++) units[i] = bytes[at + i] as number;
  return String.fromCharCode.apply(undefined, units);
}

function corrupt(detail: string): never {
  throw new RingwireError('ERR_RINGWIRE_CORRUPT', { detail });
}
