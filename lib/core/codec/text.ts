import { Buffer } from 'node:buffer';

/** Text to bytes and back. For short texts a loop is faster than a call into Node. */

/** The longest text for which the loop is faster. */
export const loopLength = 20;

const { utf8Write, ucs2Write, latin1Slice, ucs2Slice } = Buffer.prototype as unknown as {
  utf8Write(this: Uint8Array, text: string, offset: number, length: number): number;
  ucs2Write(this: Uint8Array, text: string, offset: number, length: number): number;
  latin1Slice(this: Uint8Array, start: number, end: number): string;
  ucs2Slice(this: Uint8Array, start: number, end: number): string;
};

/**
 * Writes one byte per character, and returns whether every character was ASCII. `out` must have 4
 * spare bytes, so that a text that was cut short differs in length from a success.
 */
export function writeAscii(text: string, out: Uint8Array, start: number): boolean {
  const length = text.length;
  // UTF-8 takes one byte per character only if all are ASCII.
  if (length > loopLength) return utf8Write.call(out, text, start, length + 4) === length;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return false;
    out[start + i] = unit;
  }
  return true;
}

/** Writes UTF-16, two bytes per unit: exact for any string. */
export function writeWide(text: string, out: Uint8Array, start: number): void {
  ucs2Write.call(out, text, start, 2 * text.length);
}

/** The characters of bytes below U+0080. */
export function readAscii(bytes: Uint8Array, start: number, length: number): string {
  if (length > loopLength) return latin1Slice.call(bytes, start, start + length);
  const units = new Array<number>(length);
  for (let i = 0; i < length; i++) units[i] = bytes[start + i] as number;
  return String.fromCharCode.apply(undefined, units);
}

/** What {@link writeWide} wrote, `length` units. */
export function readWide(bytes: Uint8Array, start: number, length: number): string {
  return ucs2Slice.call(bytes, start, start + 2 * length);
}

const cacheSize = 1024;
const cache: string[] = new Array<string>(cacheSize).fill('');

/**
 * Short ASCII names that come again and again: channels and keys. A hit saves making a new string
 * (100 ns), and its string is interned.
 */
export function readName(bytes: Uint8Array, start: number, length: number): string {
  if (length > loopLength) return latin1Slice.call(bytes, start, start + length);
  let hash = length;
  for (let i = 0; i < length; i++) hash = (hash * 31 + (bytes[start + i] as number)) | 0;
  const slot = (hash ^ (hash >>> 10)) & (cacheSize - 1);
  const cached = cache[slot] as string;
  let same = cached.length === length;
  for (let i = 0; same && i < length; i++) same = cached.charCodeAt(i) === bytes[start + i];
  if (same) return cached;
  const name = latin1Slice.call(bytes, start, start + length);
  cache[slot] = name;
  return name;
}
