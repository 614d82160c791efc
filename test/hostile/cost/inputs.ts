import fc from 'fast-check';
import { PlainType } from '../../../lib/core/codec/plain/format.ts';
import { type Encoded, edited, edits, json, msgpack, structured } from '../samples.ts';

export const byte: fc.Arbitrary<number> = fc.integer({ min: 0, max: 255 });
/** How a payload may begin, and what does not exist. */
const formats = fc.nat(9);

/** What a payload is made of. */
interface Parts {
  /** Bytes that mean something. */
  readonly tags: readonly number[];
  /** Ways to begin a long list. */
  readonly openers: readonly (readonly number[])[];
  /** Small values. */
  readonly values: readonly (readonly number[])[];
}

/** Changed in places; or made up, of which most is one fragment again and again. */
function inputsOf(samples: readonly Encoded[], parts: Parts): fc.Arbitrary<Encoded> {
  const { tags, openers, values } = parts;
  const extreme = fc.constantFrom(0, 1, 2, 127, 255);
  const any = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...tags) },
    { weight: 3, arbitrary: extreme },
    { weight: 1, arbitrary: byte },
  );
  const noise = fc.array(any, { maxLength: 4 });
  const opener = fc.oneof(noise, fc.constantFrom(...openers));
  const value = fc.constantFrom(...values);
  const fragment = fc.oneof(
    noise,
    value,
    fc.tuple(value, value).map((two) => two.flat()),
  );
  const sample = fc.constantFrom(...samples);
  const ofSample = sample.map(({ head }) => head[0] as number);
  const format = fc.oneof({ weight: 4, arbitrary: ofSample }, { weight: 1, arbitrary: formats });
  return fc.oneof(
    fc.tuple(sample, edits, fc.boolean()).map(([{ head, body }, changes, inBody]) => {
      if (body && inBody) return { head, body: edited(body, changes) };
      return { head: edited(head, changes), body };
    }),
    fc
      .tuple(format, opener, fragment, fc.nat(2000), noise, fc.boolean())
      .map(([first, before, again, times, after, asBody]) => {
        const most = Math.min(times, Math.floor(8000 / Math.max(again.length, 1)));
        const bytes = Uint8Array.from([...before, ...new Array(most).fill(again).flat(), ...after]);
        if (asBody) return { head: Uint8Array.of(first), body: bytes };
        return { head: Uint8Array.of(first, ...bytes), body: undefined };
      }),
  );
}

const { Array: List, Ascii, Bytes, Date: Time, Object: Shaped, ObjectOfShape } = PlainType;
const plainParts: Parts = {
  tags: Object.values(PlainType),
  openers: [[255], [1, List, 255], [255, Shaped, 0]],
  values: [
    [PlainType.Null],
    [List, 0],
    [Shaped, 0],
    [ObjectOfShape, 0],
    [Ascii, 0, 0],
    [Bytes, 0, 0],
    [Time, ...new Array(8).fill(0)],
    [List, 255],
  ],
};
const latin1 = (text: string) => [...Buffer.from(text, 'latin1')];
/** Of V8's format, version 15. */
const structuredParts: Parts = {
  tags: latin1('\xff\x0fA$a@o{;:\',B"cS^DZ0_Ir.'),
  openers: ['', 'A\xff\x01', 'A\x01A\xff\x01', 'o'].map((text) => latin1(`\xff\x0f${text}`)),
  values: ['_', 'o{\0', 'A\0$\0\0', ';:\0', "',\0", 'r.', 'B\0', '"\0', '^\0', 'Z\0', 'A\x7f'].map(
    latin1,
  ),
};
const jsonParts: Parts = {
  tags: latin1('[]{}",:0123456789e-.ntf\\u'),
  openers: ['[', '[[', '[{"a":'].map(latin1),
  values: ['[],', '{},', '"",', '0,', '[', '{"":', '1e9,', '"\\u0000",'].map(latin1),
};
const msgpackParts: Parts = {
  tags: [0x80, 0x90, 0xa1, 0xc4, 0xc6, 0xc7, 0xc9, 0xd4, 0xd8, 0xdc, 0xdd, 0xde, 0xdf],
  openers: [
    [0xdc, 0x07, 0xff],
    [0xdd, 0, 0, 0x1f, 0xff],
    [0x91, 0xdc, 0x0f, 0xff],
  ],
  values: [
    [0xc0],
    [0x80],
    [0x90],
    [0xa0],
    [0xc4, 0],
    [0xd4, 0x65, 0x90],
    [0xd6, 0xff, 0, 0, 0, 0],
    [0xdc, 0x0f, 0xff],
    [0x81, 0xa0],
  ],
};

/** Messages of a hostile peer, by what they resemble. */
export const inputs: Record<'plain' | 'structured' | 'json' | 'msgpack', fc.Arbitrary<Encoded>> = {
  plain: inputsOf(
    structured.filter(({ head }) => head[0] === 1),
    plainParts,
  ),
  structured: inputsOf(
    structured.filter(({ head }) => head[0] !== 1),
    structuredParts,
  ),
  json: inputsOf(json, jsonParts),
  msgpack: inputsOf(msgpack, msgpackParts),
};

/** V8's format in the head or in the body, or behind shared buffers. */
const serializedFormats = new Set([2, 3, 8]);

/** The most holes that V8 could be told of: each place may begin a list. Small lists aside. */
export function holesIn({ head, body }: Encoded): number {
  if (!serializedFormats.has(head[0] as number)) return 0;
  const bytes = [...head, ...(body ?? [])];
  let holes = 0;
  for (const [at, tag] of bytes.entries()) {
    if (tag === 0x61 || tag === 0x41) holes += readVarint(bytes, at + 1);
  }
  return holes;
}

function readVarint(bytes: readonly number[], at: number): number {
  let value = 0;
  for (let i = 0; i < 5; i++) {
    const next = bytes[at + i] ?? 0;
    value += (next & 0x7f) * 2 ** (7 * i);
    if (next < 0x80) break;
  }
  // V8 makes a longer list without room for its elements.
  return value > 2 ** 25 ? 0 : value;
}
