import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { structuredCodec } from '../../lib/core/codec/codec.ts';
import { PlainType, plainLimits } from '../../lib/core/codec/plain/format.ts';
import { RingwireError } from '../../lib/core/errors.ts';
import { edited, edits, json, structured } from './samples.ts';

const codec = structuredCodec();

/** What a decoder may do with bytes that a peer made up. */
type Outcome = 'values' | 'refused';

function outcome(bytes: Uint8Array, body?: ArrayBuffer): Outcome {
  try {
    expect(Array.isArray(codec.decode(bytes, 0, bytes.length, body))).toBe(true);
    return 'values';
  } catch (error) {
    expect(error).toBeInstanceOf(RingwireError);
    expect((error as RingwireError).code).toBe('ERR_RINGWIRE_CORRUPT');
    return 'refused';
  }
}

const encoded = [...structured, ...json];

describe('bytes that a peer made up', () => {
  test('are values or refused: random', () => {
    const seen = new Set<Outcome>();
    fc.assert(
      fc.property(fc.nat(9), fc.uint8Array({ maxLength: 300 }), (format, bytes) => {
        seen.add(outcome(Uint8Array.of(format, ...bytes)));
        outcome(Uint8Array.of(format), bytes.buffer.slice(0) as ArrayBuffer);
      }),
      { numRuns: 5000 },
    );
    expect(seen).toContain('refused');
  });

  test('are values or refused: changed in places', () => {
    const seen = new Set<Outcome>();
    fc.assert(
      fc.property(fc.constantFrom(...encoded), edits, fc.boolean(), (sample, changes, inBody) => {
        const { head, body } = sample;
        const changed = body && inBody ? edited(body, changes) : body;
        const bytes = body && inBody ? head : edited(head, changes);
        seen.add(outcome(bytes, changed?.slice().buffer as ArrayBuffer | undefined));
      }),
      { numRuns: 5000 },
    );
    expect(seen).toEqual(new Set<Outcome>(['values', 'refused']));
  });

  test('are refused when they are cut off anywhere', () => {
    for (const { head, body } of encoded) {
      if (body) {
        for (let end = 0; end < body.length; end += 97) {
          // Bytes are bytes, however many: only what is serialised can be cut off.
          if (head[0] !== 1) outcome(head, body.slice(0, end).buffer as ArrayBuffer);
        }
        expect(outcome(head)).toBe('refused');
        continue;
      }
      for (let end = 0; end < head.length; end++) {
        expect(outcome(head.slice(0, end))).toBe('refused');
      }
      expect(outcome(Uint8Array.of(...head))).toBe('values');
      expect(outcome(head, new ArrayBuffer(1))).toBe('refused');
    }
  });
});

describe('plain bytes that lie', () => {
  const { Array: List, Ascii, Bytes, Object: Shaped, ObjectOfShape, Wide } = PlainType;

  test.each<[string, number[]]>([
    ['about the count of values', [1, 255]],
    ['about the count of a list', [1, 1, List, 255]],
    ['about the keys of an object', [1, 1, Shaped, 255]],
    ['about the length of a string', [1, 1, Ascii, 0xff, 0xff, 65]],
    ['about the length of a wide string', [1, 1, Wide, 0xff, 0xff, 65, 0]],
    ['about the length of bytes', [1, 1, Bytes, 0xff, 0xff, 1, 2, 3]],
    ['about a shape', [1, 1, ObjectOfShape, 0]],
    ['about a key', [1, 1, Shaped, 1, PlainType.Null, 0]],
    ['about a body', [1, 1, PlainType.Body]],
    ['about their type', [1, 1, 99]],
    ['about their end', [1, 1, PlainType.Null, 0]],
    ['about a number', [1, 1, PlainType.Double, 1, 2, 3]],
  ])('%s are refused', (_, bytes) => {
    expect(outcome(Uint8Array.from(bytes))).toBe('refused');
  });

  test('cannot set a prototype', () => {
    const key = [...Buffer.from('__proto__')];
    for (const type of [Ascii, Wide]) {
      const name = type === Ascii ? key : key.flatMap((byte) => [byte, 0]);
      const bytes = [1, 1, Shaped, 1, type, key.length, 0, ...name, Shaped, 0];
      expect(outcome(Uint8Array.from(bytes))).toBe('refused');
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test('cannot exhaust the stack', () => {
    const deep = (levels: number): Uint8Array =>
      Uint8Array.from([1, 1, ...new Array(levels).fill([List, 1]).flat(), PlainType.Null]);
    expect(outcome(deep(plainLimits.depth))).toBe('values');
    expect(outcome(deep(plainLimits.depth + 1))).toBe('refused');
    expect(outcome(deep(7000))).toBe('refused');
  });

  test('have no more values than anybody sends', () => {
    const lists = (count: number): Uint8Array =>
      Uint8Array.from([
        1,
        2,
        ...[List, 255, ...new Array(255).fill(PlainType.Null)],
        List,
        count,
        ...new Array(count).fill(PlainType.Null),
      ]);
    expect(255 + 255 + 2).toBe(plainLimits.values);
    expect(outcome(lists(255))).toBe('values');
    const more = [1, 3, ...lists(255).slice(2), PlainType.Null];
    expect(outcome(Uint8Array.from(more))).toBe('refused');
  });

  test('cannot make much of little: values stay in proportion to the bytes', () => {
    // Every object of a shape without keys takes two bytes; this is the most a head can hold.
    const objects = new Array(250).fill([ObjectOfShape, 0]).flat();
    const bytes = Uint8Array.from([1, 251, Shaped, 0, ...objects]);
    expect(codec.decode(bytes, 0, bytes.length, undefined)).toHaveLength(251);
  });
});

describe('shared buffers that a peer mentions', () => {
  const nothing = [1, 1, PlainType.Null];

  test.each<[string, number[]]>([
    ['more of them than there are bytes', [8, 9, 0, 1, 0, 0, 0, ...nothing]],
    ['no values behind them', [8, 1, 0, 1, 0, 0, 0]],
    ['no number of them', [8]],
    ['a place behind the last value', [8, 1, 1, 1, 0, 0, 0, ...nothing]],
    ['others within them', [8, 0, 8, 0, ...nothing]],
    ['half a ticket', [1, 1, PlainType.Shared, 1, 0]],
    ['one among the values, and nobody hands any over', [1, 1, PlainType.Shared, 1, 0, 0, 0]],
    ['one beside the values, and nobody hands any over', [8, 1, 0, 1, 0, 0, 0, ...nothing]],
  ])('with %s are refused', (_, bytes) => {
    expect(outcome(Uint8Array.from(bytes))).toBe('refused');
  });

  test('are asked for by their tickets, in either place', () => {
    const tickets: number[] = [];
    const take = (ticket: number): never => {
      tickets.push(ticket);
      return { ticket } as never;
    };
    const beside = Uint8Array.from([8, 1, 0, 4, 3, 2, 255, ...nothing]);
    const among = Uint8Array.from([1, 1, PlainType.Shared, 4, 3, 2, 255]);
    for (const bytes of [beside, among]) {
      const [value] = codec.decode(bytes, 0, bytes.length, undefined, take);
      expect(value).toEqual({ ticket: 0xff020304 });
    }
    expect(tickets).toEqual([0xff020304, 0xff020304]);
  });
});

describe('structured bytes that lie', () => {
  test.each<[string, number[]]>([
    ['about the length of an array', [0x41, 0xff, 0xff, 0xff, 0xff, 0x0f]],
    ['about the length of a memory', [0x42, 0xff, 0xff, 0xff, 0xff, 0x0f]],
    ['about the length of a string', [0x22, 0xff, 0xff, 0xff, 0xff, 0x0f, 65]],
    ['about shared memory', [0x75, 0x00]],
    ['about a WebAssembly module', [0x77, 0x00]],
    ['about a host object', [0x5c, 0x00, 0x00]],
    ['about a transferred memory', [0x74, 0x00]],
    ['about an object that comes later', [0x5e, 0x05]],
    ['about being a list', [0x49, 0x02]],
  ])('%s are refused', (_, bytes) => {
    expect(outcome(Uint8Array.from([2, 0xff, 0x0f, ...bytes]))).toBe('refused');
  });

  test('cannot exhaust the stack', () => {
    const deep = Buffer.alloc(200_000, Buffer.from([0x41, 1]));
    const body = Buffer.concat([Buffer.from([0xff, 0x0f]), deep]);
    const { buffer } = new Uint8Array(body);
    expect(outcome(Uint8Array.of(3), buffer as ArrayBuffer)).toBe('refused');
  });
});
