import fc from 'fast-check';
import type { Codec } from '../../lib/core/codec/base.ts';
import { jsonCodec, structuredCodec } from '../../lib/core/codec/codec.ts';
import { msgpackCodec } from '../../lib/core/codec/msgpack.ts';

/** The two parts of a message, as a codec writes them. */
export interface Encoded {
  readonly head: Uint8Array;
  readonly body: Uint8Array | undefined;
}

const cycle: unknown[] = [];
cycle.push(cycle, new Map([[cycle, new Date(0)]]), new Uint16Array(3), 10n ** 30n, /x/);

/** The first three are data that every codec knows. */
export const samples: readonly unknown[][] = [
  [1, -5, 0.5, 'ascii', 'größe', '\ud800', null, undefined, true, new Date(1)],
  [{ a: [1, { b: 'c' }], d: [{ e: 1 }, { e: 2 }] }, new Uint8Array([1, 2, 3])],
  [new Uint8Array(5000)],
  [cycle],
  [new Map([[{ a: 1 }, new Set(['x'])]]), new Error('e', { cause: [1] })],
  [Array.from({ length: 3000 }, (_, i) => i * 1.5)],
];

export const structured: readonly Encoded[] = encodeAll(structuredCodec(), samples);
export const json: readonly Encoded[] = encodeAll(jsonCodec(), samples.slice(0, 3));
export const msgpack: readonly Encoded[] = encodeAll(msgpackCodec(), samples.slice(0, 3));

function encodeAll(codec: Codec, lists: readonly unknown[][]): Encoded[] {
  return lists.map((values) => {
    const out = new Uint8Array(16 * 1024);
    const head = out.slice(0, codec.encode(values, out, 0));
    return {
      head,
      body: codec.body && (Uint8Array.prototype.slice.call(codec.body) as Uint8Array),
    };
  });
}

export interface Edit {
  readonly at: number;
  readonly byte: number;
}

/** Changes of a few bytes. */
export const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({ at: fc.nat(6000), byte: fc.integer({ min: 0, max: 255 }) }),
  { minLength: 1, maxLength: 6 },
);

export function edited(bytes: Uint8Array, changes: readonly Edit[]): Uint8Array {
  const copy = bytes.slice();
  for (const { at, byte } of changes) copy[at % copy.length] = byte;
  return copy;
}
