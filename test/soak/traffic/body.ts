/**
 * Numbered bodies: who receives message `sequence` of a stream can make the same bytes and compare
 * all of them.
 */

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** Of 1000 messages so many are at most so long; the last ones are rare and large. */
const sizes: readonly [upTo: number, bytes: number][] = [
  [20, 0],
  [800, kilobyte],
  [990, 64 * kilobyte],
  [999, megabyte],
  [1000, 8 * megabyte],
];

/** From 0 bytes to 8 MiB, always the same for a stream and a sequence number. */
export function bodyOf(stream: number, sequence: number): Uint8Array {
  const seed = mixed(stream, sequence);
  const size = sizeOf(seed);
  const words = new Uint32Array(Math.ceil(size / 4));
  let word = seed;
  for (let index = 0; index < words.length; index++) {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    words[index] = word;
  }
  return new Uint8Array(words.buffer).slice(0, size);
}

/** Whether `value` is the body of that message, byte for byte. */
export function isBody(value: unknown, stream: number, sequence: number): boolean {
  if (!(value instanceof Uint8Array)) return false;
  const expected = bodyOf(stream, sequence);
  return value.length === expected.length && expected.every((byte, index) => byte === value[index]);
}

function sizeOf(seed: number): number {
  const kind = seed % 1000;
  const [, most] = sizes.find(([upTo]) => kind < upTo) as [number, number];
  return mixed(seed, 1) % (most + 1);
}

function mixed(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
