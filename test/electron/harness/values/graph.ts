/**
 * Any graph of values as JSON, so that one description makes the same values in main and in a
 * renderer. Nodes refer to each other by their place in the list, so parts can be shared and go in
 * circles. Used in main and in renderers: it knows neither Node nor Electron.
 */
export interface Graph {
  readonly nodes: readonly Node[];
  /** The arguments of the message. */
  readonly roots: readonly Ref[];
}

/** The place of a node; places beyond the list count from its start again. */
export type Ref = number;

/** UTF-16 code units: JSON alone would not keep lone surrogates on every way. */
export type Text = readonly number[];

export type Property = readonly [key: Text, value: Ref];

export type Node =
  | { readonly type: 'undefined' | 'null' | 'true' | 'false' }
  | { readonly type: 'number'; readonly text: string }
  | { readonly type: 'bigint'; readonly text: string }
  | { readonly type: 'string'; readonly units: Text }
  | { readonly type: 'boxed'; readonly value: string | number | boolean }
  | { readonly type: 'date'; readonly time: number | null }
  | { readonly type: 'regexp'; readonly source: string; readonly flags: string }
  | {
      readonly type: 'object';
      readonly kind: 'plain' | 'bare' | 'class' | 'frozen' | 'getters';
      readonly properties: readonly Property[];
    }
  | {
      readonly type: 'array';
      readonly kind: 'plain' | 'class' | 'frozen';
      readonly length: number;
      readonly items: readonly (readonly [index: number, value: Ref])[];
      readonly properties: readonly Property[];
    }
  | { readonly type: 'map'; readonly entries: readonly (readonly [Ref, Ref])[] }
  | { readonly type: 'set'; readonly entries: readonly Ref[] }
  | {
      readonly type: 'error';
      readonly kind: (typeof errorKinds)[number];
      readonly message: Text;
      readonly name: string | null;
      readonly cause: Ref | null;
      readonly properties: readonly Property[];
    }
  | { readonly type: 'buffer'; readonly bytes: readonly number[] }
  | {
      readonly type: 'view';
      readonly kind: (typeof viewKinds)[number];
      /** A node; one that is no buffer stands for a buffer of its own. */
      readonly of: Ref;
      readonly offset: number;
      readonly length: number;
    }
  | { readonly type: 'unclonable'; readonly kind: (typeof unclonableKinds)[number] };

export const errorKinds = [
  'Error',
  'TypeError',
  'RangeError',
  'URIError',
  'AggregateError',
] as const;
export const viewKinds = [
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint32Array',
  'Float64Array',
  'BigInt64Array',
  'DataView',
] as const;
export const unclonableKinds = ['function', 'symbol', 'promise', 'proxy', 'getter'] as const;

type Of<T extends Node['type']> = Extract<Node, { type: T }>;

/** The values that a graph describes, made afresh. Views first need their buffers, then all parts. */
export function build({ nodes, roots }: Graph): unknown[] {
  const made = nodes.map((node) => (node.type === 'view' ? undefined : create(node)));
  const at = (ref: Ref): unknown => made[ref % nodes.length];
  nodes.forEach((node, index) => {
    if (node.type === 'view') made[index] = createView(node, at(node.of));
  });
  nodes.forEach((node, index) => void connect(node, made[index], at));
  nodes.forEach((node, index) => {
    if ('kind' in node && node.kind === 'frozen') Object.freeze(made[index]);
  });
  return roots.map(at);
}

function create(node: Exclude<Node, Of<'view'>>): unknown {
  switch (node.type) {
    case 'undefined':
      return undefined;
    case 'null':
      return null;
    case 'true':
    case 'false':
      return node.type === 'true';
    case 'number':
      return Number(node.text);
    case 'bigint':
      return BigInt(node.text);
    case 'string':
      return text(node.units);
    case 'boxed':
      return Object(node.value);
    case 'date':
      return new Date(node.time ?? Number.NaN);
    case 'regexp':
      return new RegExp(node.source, node.flags);
    case 'object':
      return createObject(node);
    case 'array':
      return createArray(node);
    case 'map':
      return new Map();
    case 'set':
      return new Set();
    case 'error':
      return createError(node);
    case 'buffer':
      return new Uint8Array(node.bytes).buffer;
    case 'unclonable':
      return createUnclonable(node);
  }
}

function createObject({ kind }: Of<'object'>): object {
  if (kind === 'bare') return Object.create(null) as object;
  return kind === 'class' ? new (class Thing {})() : {};
}

function createArray({ kind, length }: Of<'array'>): unknown[] {
  return kind === 'class' ? new (class List extends Array<unknown> {})(length) : new Array(length);
}

function createError({ kind, message, name }: Of<'error'>): Error {
  const error =
    kind === 'AggregateError'
      ? new AggregateError([new Error('part')], text(message))
      : new globalThis[kind](text(message));
  if (name !== null) error.name = name;
  return error;
}

function createView({ kind, offset, length }: Of<'view'>, of: unknown): ArrayBufferView {
  const buffer = of instanceof ArrayBuffer ? of : new ArrayBuffer(8);
  const View = globalThis[kind] as Uint8ArrayConstructor;
  const size = View.BYTES_PER_ELEMENT ?? 1; // a DataView has none
  const elements = Math.floor(buffer.byteLength / size);
  const start = offset % (elements + 1);
  return new View(buffer, start * size, Math.min(length, elements - start));
}

function createUnclonable({ kind }: Of<'unclonable'>): unknown {
  switch (kind) {
    case 'function':
      return () => {};
    case 'symbol':
      return Symbol('unclonable');
    case 'promise':
      return Promise.resolve();
    case 'proxy':
      return new Proxy({}, {});
    case 'getter':
      return {
        get broken() {
          throw new Error('a getter');
        },
      };
  }
}

function connect(node: Node, value: unknown, at: (ref: Ref) => unknown): void {
  switch (node.type) {
    case 'object':
      addProperties(value as object, node.properties, at, node.kind === 'getters');
      break;
    case 'array':
      for (const [index, ref] of node.items) (value as unknown[])[index] = at(ref);
      addProperties(value as object, node.properties, at, false);
      break;
    case 'map':
      for (const [key, ref] of node.entries) (value as Map<unknown, unknown>).set(at(key), at(ref));
      break;
    case 'set':
      for (const ref of node.entries) (value as Set<unknown>).add(at(ref));
      break;
    case 'error':
      if (node.cause !== null) {
        const cause = { value: at(node.cause), configurable: true, writable: true };
        Object.defineProperty(value, 'cause', cause);
      }
      addProperties(value as object, node.properties, at, false);
      break;
  }
}

/** Own properties, `__proto__` too. */
function addProperties(
  object: object,
  properties: readonly Property[],
  at: (ref: Ref) => unknown,
  getters: boolean,
): void {
  for (const [key, ref] of properties) {
    const what = getters ? { get: () => at(ref) } : { value: at(ref), writable: true };
    Object.defineProperty(object, text(key), { ...what, configurable: true, enumerable: true });
  }
}

function text(units: Text): string {
  return String.fromCharCode(...units);
}
