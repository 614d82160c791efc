import { Deserializer, Serializer } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { jsonCodec, structuredCodec } from '../../lib/core/codec/codec.ts';
import { thrownBy } from '../helpers/peers.ts';

const codec = structuredCodec();
const out = new Uint8Array(16 * 1024);

/** First byte of a payload that needed no serialiser. */
const plain = 1;

/** The values as the other side gets them. */
function crossed(...values: unknown[]): unknown[] {
  const end = codec.encode(values, out, 0);
  const body = codec.body && (Uint8Array.prototype.slice.call(codec.body).buffer as ArrayBuffer);
  return codec.decode(out, 0, end, body);
}

/** The values as Electron's own IPC delivers them. */
function cloned(...values: unknown[]): unknown[] {
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(values);
  const deserializer = new Deserializer(serializer.releaseBuffer());
  deserializer.readHeader();
  return deserializer.readValue();
}

const isPlain = (...values: unknown[]): boolean => {
  codec.encode(values, out, 0);
  return out[0] === plain;
};

function argumentsOf(..._: unknown[]): unknown {
  // biome-ignore lint/complexity/noArguments: that object is what is tested
  return arguments;
}

class Point {
  x = 1;
  #hidden = 2;
  get sum(): number {
    return this.x + this.#hidden;
  }
}

const withExtras = Object.assign([1, 2], { extra: true });
const sparse = [1, 2, 3];
delete sparse[1];
const disguised = Object.assign([0, 1], { x: 2 });
delete disguised[0];
const memory = new ArrayBuffer(16);
const detached = new Uint8Array(4);
structuredClone(detached, { transfer: [detached.buffer] });

function nested(depth: number): unknown {
  let value: unknown = 'bottom';
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

const plainValues: [string, unknown[]][] = [
  ['nothing', []],
  ['undefined and null', [undefined, null]],
  ['booleans', [true, false]],
  ['integers', [0, 1, 255, 256, -1, -128, 65_536, 2 ** 31 - 1, -(2 ** 31)]],
  ['doubles', [-0, 0.1, Number.NaN, Infinity, -Infinity, 2 ** 31, 2 ** 53, 5e-324, 1e308]],
  ['short strings', ['', 'a', 'some:channel', '0123456789 1234567890']],
  ['a long string', ['x'.repeat(4096)]],
  ['strings beyond ASCII', ['é', 'ÿ\u0080', '画像', '🖼', '\0', `${'a'.repeat(30)}é`]],
  ['lone surrogates', ['\ud800', 'a\udc00b', `${'x'.repeat(30)}\ud83d`, '\udc00\ud800']],
  ['an empty array of bytes', [new Uint8Array(0)]],
  ['a small array of bytes', [new Uint8Array([1, 2, 3])]],
  ['a large array of bytes', [new Uint8Array(5000).fill(9), 'and more']],
  ['a buffer of its own memory', [Buffer.from(new Uint8Array([1, 2]).buffer)]],
  ['dates', [new Date(0), new Date(1e15), new Date(Number.NaN)]],
  ['an object', [{ a: 1, b: { c: [null, { d: undefined }] }, e: -0 }]],
  ['the order of keys', [{ z: 1, a: 2, 10: 3, 2: 4, '-1': 5, '01': 6 }]],
  ['odd keys', [{ '': 1, constructor: 2, toJSON: 'x', 'ключ\ud800': 3, hasOwnProperty: 4 }]],
  ['objects of the same shape', [[1, 2, 3].map((id) => ({ id, name: `n${id}`, at: { x: id } }))]],
  ['arrays', [[], [[]], [1, 'a', null, [2]]]],
  ['32 levels', [nested(32)]],
  ['bytes in an object', [{ data: new Uint8Array(100_000).fill(3), id: 7 }]],
  ['a frozen object', [Object.freeze({ a: 1 })]],
  ['hidden properties', [Object.defineProperty({ a: 1 }, 'b', { value: 2, enumerable: false })]],
  ['symbol keys', [{ a: 1, [Symbol('s')]: 2 }]],
];

const shared = { s: 1 };
const cycle: unknown[] = [1];
cycle.push({ cycle });
const view = new Uint8Array(memory, 4, 8);

const structuredValues: [string, unknown[]][] = [
  ['maps and sets', [new Map<unknown, unknown>([[{ k: 1 }, new Set([1, 'a'])]])]],
  ['bigints', [0n, -(2n ** 100n)]],
  ['errors', [new RangeError('far', { cause: new Error('why') })]],
  ['regular expressions', [/a+/gi]],
  ['boxed values', [new Number(5), new String('s'), new Boolean(false)]],
  ['an object twice', [shared, { shared }]],
  ['a cycle', [cycle]],
  ['a date twice', [new Array(2).fill(new Date(5))]],
  ['a view of a part of its memory', [view]],
  ['two views of one memory', [new Uint8Array(memory), new Uint8Array(memory)]],
  ['other views', [new Float64Array(2), new DataView(memory), new BigInt64Array(1)]],
  ['a memory', [memory]],
  ['sparse arrays', [sparse, new Array(5), disguised]],
  ['an array with more properties', [withExtras]],
  ['an instance of a class', [new Point()]],
  ['an object without a prototype', [Object.assign(Object.create(null), { a: 1 })]],
  ['a key named __proto__', [JSON.parse('{"__proto__":{"a":1},"b":2}')]],
  ['an object of another realm', [runInNewContext('({ a: [1], d: new Date(3) })')]],
  ['a subclass of Uint8Array', [new (class extends Uint8Array {})([1, 2])]],
  ['33 levels', [nested(33)]],
  ['many values', [Array.from({ length: 2000 }, (_, i) => i / 3)]],
  ['many objects', [Array.from({ length: 300 }, (_, i) => ({ i, name: `name ${i}` }))]],
  ['a very long string', ['y'.repeat(100_000)]],
  ['two large arrays of bytes', [new Uint8Array(9000), new Uint8Array(9001)]],
  ['more values than a count', [...new Array(300).keys()]],
];

describe('a value that is plain', () => {
  test.each(plainValues)('arrives as structured clone has it: %s', (_, values) => {
    expect(crossed(...values)).toStrictEqual(cloned(...values));
    expect(isPlain(...values)).toBe(true);
  });

  test('keeps the order of its keys', () => {
    const [value] = crossed({ z: 1, 10: 2, a: 3, 2: 4 });
    expect(Object.keys(value as object)).toEqual(['2', '10', 'z', 'a']);
  });

  test('shares no memory with what was sent', () => {
    const bytes = new Uint8Array(10);
    const [first] = crossed(bytes) as [Uint8Array];
    bytes.fill(1);
    out.fill(2);
    expect([...first]).toEqual(new Array(10).fill(0));
    expect([first.byteOffset, first.buffer.byteLength]).toEqual([0, 10]);
    expect(first.constructor).toBe(Uint8Array);
  });

  test('has a large array of bytes as its body, without a copy', () => {
    const bytes = new Uint8Array(4097);
    codec.encode([bytes, 1], out, 0);
    expect(codec.body).toBe(bytes);
    codec.encode([1], out, 0);
    expect(codec.body).toBeUndefined();
  });
});

describe('a value that is not plain', () => {
  test.each(structuredValues)('arrives as structured clone has it: %s', (_, values) => {
    expect(crossed(...values)).toStrictEqual(cloned(...values));
    expect(isPlain(...values)).toBe(false);
  });

  test('keeps identity', () => {
    const [a, b, again] = crossed(shared, { shared }, cycle) as [
      object,
      { shared: object },
      [number, { cycle: unknown }],
    ];
    expect(b.shared).toBe(a);
    expect(again[1].cycle).toBe(again);
  });

  test('keeps views of one memory together, at their offsets', () => {
    const [a, b] = crossed(view, new DataView(memory)) as [Uint8Array, DataView];
    expect(a.buffer).toBe(b.buffer);
    expect([a.byteOffset, a.length, a.buffer.byteLength]).toEqual([4, 8, 16]);
  });

  test('is a whole pool when it is a pooled buffer, as in Electron', () => {
    const pooled = Buffer.from('hello');
    const [arrived] = crossed(pooled) as [Uint8Array];
    expect(Buffer.from(arrived).toString()).toBe('hello');
    expect(arrived.buffer.byteLength).toBe(pooled.buffer.byteLength);
    expect(arrived.byteOffset).toBe(pooled.byteOffset);
    expect(arrived.constructor).toBe(Uint8Array);
  });
});

describe('a getter', () => {
  test.each([
    [
      'of an object',
      (get: () => number) => Object.defineProperty({}, 'x', { get, enumerable: true }),
    ],
    [
      'of an array',
      (get: () => number) => Object.defineProperty([1], 0, { get, enumerable: true }),
    ],
    [
      'beside a map',
      (get: () => number) =>
        Object.defineProperty({ m: new Map() }, 'x', { get, enumerable: true }),
    ],
    [
      'deep in an object',
      (get: () => number) => ({
        a: [{}, Object.defineProperty({}, 'x', { get, enumerable: true })],
      }),
    ],
  ])('%s runs once, and its value arrives', (_, make) => {
    let runs = 0;
    const value = make(() => ++runs);
    const [arrived] = crossed(value);
    expect(runs).toBe(1);
    expect(JSON.stringify(arrived)).toMatch(/1/);
    expect(runs).toBe(1);
  });

  test('that throws makes the value unclonable, with its error as the cause', () => {
    const thrown = new Error('from the getter');
    const value = {
      get x(): never {
        throw thrown;
      },
    };
    expect(thrownBy(() => crossed(value))).toMatchObject({
      code: 'ERR_RINGWIRE_UNCLONABLE',
      cause: thrown,
    });
  });
});

describe('a value that cannot be cloned', () => {
  const traps: string[] = [];
  const spy = new Proxy(
    { a: 1 },
    {
      get: (target, key, receiver) => {
        traps.push('get');
        return Reflect.get(target, key, receiver);
      },
      ownKeys: (target) => {
        traps.push('ownKeys');
        return Reflect.ownKeys(target);
      },
      getPrototypeOf: (target) => {
        traps.push('getPrototypeOf');
        return Reflect.getPrototypeOf(target);
      },
    },
  );

  test.each<[string, unknown]>([
    ['a function', () => {}],
    ['a class', Point],
    ['a symbol', Symbol('s')],
    ['a promise', Promise.resolve()],
    ['a weak map', new WeakMap()],
    ['a proxy', new Proxy({}, {})],
    ['a proxy of an array', new Proxy([], {})],
    ['a proxy of bytes', new Proxy(new Uint8Array(4), {})],
    ['shared memory', new SharedArrayBuffer(8)],
    ['a view of shared memory', new Uint8Array(new SharedArrayBuffer(8))],
    ['an array of bytes whose memory was transferred', detached],
    ['a generator', (function* () {})()],
    ['arguments', argumentsOf(1)],
    ['the global object', globalThis],
    ['a depth that exhausts the stack', nested(50_000)],
  ])('is refused: %s', (_, value) => {
    for (const values of [[value], [{ deep: [1, value] }], [new Map([[1, value]])]]) {
      expect(thrownBy(() => crossed(...values)).code).toBe('ERR_RINGWIRE_UNCLONABLE');
    }
    expect(crossed('the next one')).toEqual(['the next one']);
  });

  test('is refused without a look into a proxy', () => {
    expect(() => crossed(spy)).toThrow();
    expect(() => crossed([spy])).toThrow();
    expect(traps).toEqual([]);
  });

  test('is named', () => {
    expect(thrownBy(() => crossed({ p: Promise.resolve() })).message).toMatch(
      /^A value cannot be cloned: #<Promise> could not be cloned\. /,
    );
  });
});

describe('the offset', () => {
  test.each(['x', { m: new Map() }, 'y'.repeat(50_000)])('may be anywhere in the head', (value) => {
    for (const offset of [8, 13, 1032, out.length - 64]) {
      const end = codec.encode([value], out, offset);
      const body = codec.body && (codec.body.slice().buffer as ArrayBuffer);
      expect(end).toBeLessThanOrEqual(out.length);
      expect(codec.decode(out, offset, end, body)).toEqual([value]);
    }
  });
});

describe('the JSON codec', () => {
  const json = jsonCodec();

  test.each([
    ['small', [{ a: [1, undefined], d: new Date(0), f: () => {} }, 'é']],
    ['large', ['é'.repeat(10_000)]],
  ])('makes of %s values what JSON makes of them, and every codec reads it', (_, values) => {
    const end = json.encode(values, out, 0);
    const body = json.body && (Uint8Array.prototype.slice.call(json.body).buffer as ArrayBuffer);
    const expected = JSON.parse(JSON.stringify(values));
    expect(json.decode(out, 0, end, body)).toEqual(expected);
    expect(codec.decode(out, 0, end, body)).toEqual(expected);
  });

  test('refuses a cycle', () => {
    expect(thrownBy(() => json.encode([cycle], out, 0)).code).toBe('ERR_RINGWIRE_UNCLONABLE');
  });
});
