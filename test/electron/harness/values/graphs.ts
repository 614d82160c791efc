/** Graphs of values for fast-check: small ones, with everything that can go wrong in them. */
import fc from 'fast-check';
import {
  errorKinds,
  type Graph,
  type Node,
  type Property,
  type Ref,
  type Text,
  unclonableKinds,
  viewKinds,
} from './graph.ts';

const maxNodes = 12;
const few = { maxLength: 5 };

const ref: fc.Arbitrary<Ref> = fc.nat({ max: maxNodes - 1 });

/** Latin, two-byte, surrogates in pairs and alone, and lengths around where an encoding changes. */
const text: fc.Arbitrary<Text> = fc.oneof(
  fc.array(fc.integer({ min: 0x20, max: 0x7e }), few),
  fc.array(fc.integer({ min: 0, max: 0xffff }), few),
  fc.array(fc.constantFrom(0xd800, 0xdc00, 0xdbff, 0xdfff, 0x41, 0xe9, 0), few),
  fc
    .tuple(fc.constantFrom(30, 31, 32, 63, 64, 127, 128, 255, 256, 1023, 4100), fc.boolean())
    .map(([length, wide]) => new Array<number>(length).fill(wide ? 0x6587 : 0x61)),
);

/** Also names that mean something to somebody. */
const key: fc.Arbitrary<Text> = fc.oneof(
  text,
  fc
    .constantFrom('__proto__', 'constructor', 'length', 'toJSON', 'then', '0', '7', '-1', 'a', 'b')
    .map((name) => Array.from(name, (unit) => unit.charCodeAt(0))),
);

const properties: fc.Arbitrary<Property[]> = fc.uniqueArray(fc.tuple(key, ref), {
  ...few,
  selector: ([name]) => name.join(),
});

/** A lone own `message` or `stack` would change what kind of error is seen: those have tests. */
const errorProperties = properties.map((list) =>
  list.filter(([name]) => !['message', 'stack'].includes(String.fromCharCode(...name))),
);

const number = fc.oneof(
  fc.integer(),
  fc.integer({ min: -130, max: 130 }),
  fc.double(),
  fc.constantFrom(-0, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 31) - 1),
);

const primitive: fc.Arbitrary<Node> = fc.oneof(
  fc.constantFrom<Node>(
    { type: 'undefined' },
    { type: 'null' },
    { type: 'true' },
    { type: 'false' },
  ),
  number.map((value): Node => ({ type: 'number', text: Object.is(value, -0) ? '-0' : `${value}` })),
  fc.bigInt({ min: -(2n ** 130n), max: 2n ** 130n }).map((value): Node => {
    return { type: 'bigint', text: `${value}` };
  }),
  text.map((units): Node => ({ type: 'string', units })),
);

const leaf: fc.Arbitrary<Node> = fc.oneof(
  fc.oneof(fc.string(few), number, fc.boolean()).map((value): Node => ({ type: 'boxed', value })),
  fc
    .option(fc.integer({ min: -8.64e15, max: 8.64e15 }))
    .map((time): Node => ({ type: 'date', time })),
  fc.constantFrom<Node>(
    { type: 'regexp', source: 'a+(b)?', flags: 'gi' },
    { type: 'regexp', source: '\\/', flags: 'u' },
  ),
  fc.uint8Array({ maxLength: 40 }).map((bytes): Node => ({ type: 'buffer', bytes: [...bytes] })),
);

const holder: fc.Arbitrary<Node> = fc.oneof(
  fc.record({
    type: fc.constant('object' as const),
    kind: fc.constantFrom('plain', 'plain', 'plain', 'bare', 'class', 'frozen', 'getters'),
    properties,
  }),
  fc
    .record({
      kind: fc.constantFrom(
        'plain' as const,
        'plain' as const,
        'class' as const,
        'frozen' as const,
      ),
      length: fc.oneof(fc.nat({ max: 6 }), fc.constantFrom(100, 5000)),
      values: fc.array(fc.tuple(fc.nat({ max: 7 }), ref), { maxLength: 7 }),
      dense: fc.boolean(),
      properties: fc.oneof(
        { weight: 3, arbitrary: fc.constant<Property[]>([]) },
        { weight: 1, arbitrary: properties },
      ),
    })
    .map(({ kind, length, values, dense, properties }): Node => {
      const items = values.map(([index, value], at) => [dense ? at : index, value] as const);
      // `length` of an array is its own, and not to be defined.
      const own = properties.filter(([name]) => String.fromCharCode(...name) !== 'length');
      return { type: 'array', kind, length: dense ? 0 : length, items, properties: own };
    }),
  fc.record({
    type: fc.constant('map' as const),
    entries: fc.array(fc.tuple(ref, ref), few),
  }),
  fc.record({ type: fc.constant('set' as const), entries: fc.array(ref, few) }),
  fc.record({
    type: fc.constant('error' as const),
    kind: fc.constantFrom(...errorKinds),
    message: text,
    name: fc.option(fc.constantFrom('RangeError', 'SyntaxError', 'Custom', '')),
    cause: fc.option(ref),
    properties: errorProperties,
  }),
  fc.record({
    type: fc.constant('view' as const),
    kind: fc.constantFrom(...viewKinds),
    of: ref,
    offset: fc.nat({ max: 9 }),
    length: fc.nat({ max: 9 }),
  }),
);

const unclonable: fc.Arbitrary<Node> = fc
  .constantFrom(...unclonableKinds)
  .map((kind): Node => ({ type: 'unclonable', kind }));

const node: fc.Arbitrary<Node> = fc.oneof(
  { weight: 30, arbitrary: primitive },
  { weight: 15, arbitrary: leaf },
  { weight: 40, arbitrary: holder },
  { weight: 1, arbitrary: unclonable },
);

/** Any arguments of a message. */
export const anyGraph: fc.Arbitrary<Graph> = fc.record({
  nodes: fc.array(node, { minLength: 1, maxLength: maxNodes }),
  roots: fc.array(ref, { maxLength: 4 }),
});
