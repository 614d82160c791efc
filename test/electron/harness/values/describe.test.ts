import { runInNewContext } from 'node:vm';
import { expect, describe as group, test } from 'vitest';
import { describe } from './describe.ts';

const shared = { a: 1 };
const circle: unknown[] = [];
circle.push(circle);

/** Pairs that an application can tell apart, so their descriptions have to differ. */
const different: Record<string, [unknown, unknown]> = {
  'zero and minus zero': [0, -0],
  'a number and a text': [1, '1'],
  'a number and a big integer': [1, 1n],
  'undefined and no property': [{ a: undefined }, {}],
  'a hole and undefined': [new Array(1), [undefined]],
  'an array and one with a property': [[1], Object.assign([1], { x: 1 })],
  'the order of keys': [
    { a: 1, b: 2 },
    { b: 2, a: 1 },
  ],
  'one object twice and two objects': [
    [shared, shared],
    [{ a: 1 }, { a: 1 }],
  ],
  'an object and one without prototype': [{}, Object.create(null)],
  'an object and one of a class': [{}, new (class Thing {})()],
  'an object and one of another realm': [{}, runInNewContext('({})')],
  'an error and one of another class': [new Error('m'), new TypeError('m')],
  'an error and one with a code': [new Error('m'), Object.assign(new Error('m'), { code: 1 })],
  'an error with and without a cause': [new Error('m'), new Error('m', { cause: 1 })],
  'a Buffer and a Uint8Array': [Buffer.from(new ArrayBuffer(2)), new Uint8Array(2)],
  'views of different places': [
    new Uint8Array(new ArrayBuffer(4), 0, 2),
    new Uint8Array(new ArrayBuffer(4), 2, 2),
  ],
  'a view of all and a view of a part': [
    new Uint8Array(new ArrayBuffer(2)),
    new Uint8Array(new ArrayBuffer(4), 0, 2),
  ],
  'long buffers with one byte changed': [
    new Uint8Array(1000),
    Uint8Array.from({ length: 1000 }, (_, n) => (n === 777 ? 1 : 0)),
  ],
  'a boxed and a plain number': [Object(1), 1],
  'a map and an object': [new Map([['a', 1]]), { a: 1 }],
  'a set and an array': [new Set([1]), [1]],
  'an accessor and a value': [
    {
      get a() {
        return 1;
      },
    },
    { a: 1 },
  ],
  'a hidden and a visible property': [Object.defineProperty({}, 'a', { value: 1 }), { a: 1 }],
  'a frozen object and another': [Object.freeze({ a: 1 }), { a: 1 }],
  'a lone surrogate and its replacement': ['\ud800', '\ufffd'],
  'a regular expression that has moved': [/a/g, Object.assign(/a/g, { lastIndex: 1 })],
};

group('a description', () => {
  for (const [what, [one, other]] of Object.entries(different)) {
    test(`tells ${what} apart`, () => {
      expect(describe(one)).not.toBe(describe(other));
    });
  }

  test('is the same for equal values', () => {
    const make = (): unknown => [{ a: new Map([[1, new Uint8Array([1])]]) }, new Error('m')];
    expect(describe(make())).toBe(describe(make()));
  });

  test('names what is there twice, and ends for circles', () => {
    expect(describe([shared, shared])).toBe('Array(2)[#1=Object {a: 1}, #1]');
    expect(describe(circle)).toBe('#1=Array(1)[#1]');
  });
});
