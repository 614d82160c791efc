import { expect, test } from 'vitest';
import { structuredCodec } from '../../lib/core/codec/codec.ts';
import { msgpackCodec } from '../../lib/core/codec/msgpack.ts';

const out = new Uint8Array(16 * 1024);

function cross(values: unknown[]): unknown[] {
  const codec = msgpackCodec();
  const end = codec.encode(values, out, 8);
  return codec.decode(out, 8, end, codec.body && new Uint8Array(codec.body).buffer);
}

test('MessagePack carries data as JSON does, and bytes, dates, undefined and big integers', () => {
  const values = [
    { id: 1, tags: ['a', 'b'], nested: { deep: [null, true, 1.5] } },
    Buffer.from([1, 2, 3]),
    new Date(1700000000000),
    undefined,
    2n ** 60n,
  ];
  expect(cross(values)).toEqual(values);
});

test('a long list crosses in the body of the message', () => {
  const rows = Array.from({ length: 5000 }, (_, i) => ({ i, text: `row ${i}` }));
  expect(cross([rows])).toEqual([rows]);
});

test('what cannot be packed is refused with a code', () => {
  expect(() => cross([Symbol('no')])).toThrow(
    expect.objectContaining({ code: 'ERR_RINGWIRE_UNCLONABLE' }),
  );
});

test('a side that did not choose MessagePack does not read it', () => {
  const end = msgpackCodec().encode([1], out, 0);
  expect(() => structuredCodec().decode(out, 0, end, undefined)).toThrow(
    expect.objectContaining({ code: 'ERR_RINGWIRE_CORRUPT' }),
  );
});

test('cut-off MessagePack is reported, not read', () => {
  const codec = msgpackCodec();
  const end = codec.encode([{ a: 'text', b: [1, 2, 3] }], out, 0);
  for (let cut = 1; cut < end; cut++) {
    expect(() => codec.decode(out, 0, cut, undefined)).toThrow(
      expect.objectContaining({ code: 'ERR_RINGWIRE_CORRUPT' }),
    );
  }
});
