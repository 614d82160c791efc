/** One value that may or may not cross, made afresh by each call. */
export type Make = () => unknown;

/** Values by name; used in main and in renderers, so each maker stands on its own. */
export type Values = Readonly<Record<string, Make>>;

const circle = (): unknown => {
  const round: Record<string, unknown> = { name: 'round' };
  round.self = round;
  round.list = [round, round];
  return round;
};

/** Everything that crosses; expected/arrivals.ts says as what. */
export const values: Values = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  zero: () => 0,
  'minus zero': () => -0,
  integer: () => 42,
  'large integer': () => 2 ** 53 + 2,
  fraction: () => 0.1,
  'not a number': () => Number.NaN,
  infinity: () => Number.NEGATIVE_INFINITY,
  'empty string': () => '',
  string: () => 'naïve \u0000 文字 😀',
  'lone surrogate': () => 'a\ud800b\udc00',
  'big integer': () => -(2n ** 80n),
  'boxed number': () => Object(-0),
  'boxed string': () => Object('boxed'),
  'boxed boolean': () => Object(false),
  'boxed big integer': () => Object(7n),
  date: () => new Date(1_700_000_000_123),
  'invalid date': () => new Date(Number.NaN),
  'regular expression': () => Object.assign(/a+b/giu, { lastIndex: 3 }),
  map: () =>
    new Map<unknown, unknown>([
      ['key', 1],
      [{ object: true }, new Map([[Number.NaN, undefined]])],
    ]),
  set: () => new Set([1, 'two', { three: 3 }]),
  array: () => [1, 'two', null, [undefined]],
  'sparse array': () => Object.assign(new Array(5), { 2: 'middle' }),
  'array with properties': () => Object.assign([1, 2], { extra: 'kept' }),
  'array subclass': () => new (class List extends Array<number> {})(1, 2),
  object: () => ({ b: 1, a: { deep: [{}] }, 10: 'ten', 2: 'two' }),
  'object with undefined': () => ({ there: undefined }),
  'object with symbol key': () => ({ [Symbol('dropped')]: 1, kept: 2 }),
  'object with getter': () => ({
    get computed() {
      return 'evaluated';
    },
  }),
  'object with hidden property': () =>
    Object.defineProperty({ seen: 1 }, 'hidden', { value: 2, enumerable: false }),
  'object with own __proto__': () => JSON.parse('{"__proto__": {"polluted": true}, "a": 1}'),
  'object without prototype': () => Object.assign(Object.create(null), { a: 1 }),
  'frozen object': () => Object.freeze({ a: Object.freeze([1]) }),
  'class instance': () =>
    new (class Point {
      x = 1;
      #secret = 2;
      method(): number {
        return this.#secret;
      }
    })(),
  circle,
  'shared reference': () => {
    const shared = { shared: true };
    return { first: shared, second: [shared] };
  },
  error: () => new Error('plain'),
  'type error': () => Object.assign(new TypeError('typed'), { code: 'E_LOST' }),
  'range error': () => new RangeError('ranged'),
  'error with cause': () => new Error('outer', { cause: new SyntaxError('inner') }),
  'custom error': () =>
    new (class CustomError extends Error {
      override readonly name = 'CustomError';
    })('custom'),
  'aggregate error': () => new AggregateError([new Error('one')], 'many'),
  'array buffer': () => new Uint8Array([1, 2, 3, 255]).buffer,
  'empty array buffer': () => new ArrayBuffer(0),
  'typed array': () => new Uint8Array([1, 2, 3]),
  'view of a part': () => new Uint16Array(new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7]).buffer, 2, 2),
  'float array': () => new Float64Array([-0, Number.NaN, 1e300]),
  'big integer array': () => new BigInt64Array([-1n, 2n ** 62n]),
  'data view': () => new DataView(new Uint8Array([9, 8, 7, 6]).buffer, 1, 2),
  'views of one buffer': () => {
    const buffer = new ArrayBuffer(8);
    return [new Uint8Array(buffer, 0, 4), new Uint8Array(buffer, 4, 4), buffer];
  },
  'nested empties': () => [[], {}, new Map(), new Set(), ''],
};

/** Values that structured clone refuses: every way of sending them has to fail, and say so. */
export const unclonable: Values = {
  function: () => () => 1,
  'function inside': () => ({ deep: [{ callback() {} }] }),
  class: () => class Thing {},
  symbol: () => Symbol('s'),
  'boxed symbol': () => Object(Symbol('s')),
  promise: () => Promise.resolve(1),
  'weak map': () => new WeakMap(),
  'weak reference': () => new WeakRef({}),
  proxy: () => new Proxy({}, {}),
  generator: () =>
    (function* () {
      yield 1;
    })(),
  iterator: () => [1][Symbol.iterator](),
  'throwing getter': () => ({
    get broken() {
      throw new RangeError('the getter');
    },
  }),
  'shared array buffer': () =>
    new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer,
  'global object': () => globalThis,
};
