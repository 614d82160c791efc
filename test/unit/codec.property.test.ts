import { inspect, isDeepStrictEqual } from 'node:util';
import { Deserializer, Serializer } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { structuredCodec } from '../../lib/core/codec/codec.ts';

const codec = structuredCodec();
const out = new Uint8Array(16 * 1024);

function crossed(values: unknown[]): unknown[] {
  const end = codec.encode(values, out, 0);
  const body = codec.body && (Uint8Array.prototype.slice.call(codec.body).buffer as ArrayBuffer);
  return codec.decode(out, 0, end, body);
}

function serialized(value: unknown): Buffer {
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

function cloned(values: unknown[]): unknown[] {
  const deserializer = new Deserializer(serialized(values));
  deserializer.readHeader();
  return deserializer.readValue();
}

const printed = (value: unknown): string =>
  inspect(value, { depth: null, maxArrayLength: null, maxStringLength: null });

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.string({ maxLength: 100 }));
const anyText = fc.oneof(
  text,
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);
const number = fc.oneof(fc.double(), fc.integer(), fc.nat(300), fc.constantFrom(-0, 2 ** 31));
const bytes = fc.uint8Array({ maxLength: 200 });
const memory = new ArrayBuffer(64);
const views = fc
  .record({ start: fc.nat(32), length: fc.nat(32) })
  .map(({ start, length }) => new Uint8Array(memory, start, length));
const leaf = fc.oneof(
  fc.constantFrom(undefined, null, true, false),
  number,
  anyText,
  bytes,
  views,
  fc.date({ noInvalidDate: true }),
  fc.bigInt(),
  fc.float32Array({ maxLength: 5 }),
  fc.constantFrom(/x/g, new RangeError('e')),
);
const sharedObject = { shared: [1, { two: 2 }] };

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { maxLength: 6 }),
    fc.sparseArray(tie('tree'), { maxLength: 6 }),
    fc.dictionary(anyText, tie('tree'), { maxKeys: 6 }),
    fc.record({ id: number, name: anyText, at: tie('tree') }),
    fc.array(fc.record({ id: number, ok: fc.boolean() })),
    fc.array(fc.tuple(tie('tree'), tie('tree')), { maxLength: 3 }).map((all) => new Map(all)),
    fc.array(tie('tree'), { maxLength: 3 }).map((all) => new Set(all)),
    fc.constant(sharedObject),
    tie('tree').map((inner) => {
      const cycle: Record<string, unknown> = { inner };
      cycle.self = cycle;
      return cycle;
    }),
  ),
}));

describe('decode(encode(x))', () => {
  test('is what structured clone makes of x, for any x', () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 5 }), (values) => {
        const arrived = crossed(values);
        const expected = cloned(values);
        expect(isDeepStrictEqual(arrived, expected)).toBe(true);
        // Sees what the first comparison does not: the order of keys.
        expect(printed(arrived)).toBe(printed(expected));
      }),
      { numRuns: 3000 },
    );
  });

  test('is x for plain data of any size', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 5 }), { maxLength: 40 }), (values) => {
        expect(isDeepStrictEqual(crossed(values), cloned(values))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('leaves x as it was', () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 3 }), (values) => {
        const before = serialized(values);
        crossed(values);
        expect(serialized(values).equals(before)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
