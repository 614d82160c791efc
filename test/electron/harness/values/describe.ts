/**
 * A value in one line, with everything that an application could tell apart: type, prototype,
 * own keys and their attributes, holes, -0, views and their buffers, and which parts are the
 * same object (`#1=` names one, `#1` means that one again). Long binary data becomes a digest.
 * Used in main and in renderers, so it knows neither Node nor Electron.
 */
export function describe(value: unknown): string {
  const seen = new Map<object, Mark>();
  countVisits(value, seen);
  return write(value, seen, { next: 1 });
}

interface Mark {
  visits: number;
  name?: string;
}

const shownBytes = 32;

function write(value: unknown, seen: Map<object, Mark>, names: { next: number }): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `[Function ${value.name || 'without a name'}]`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value !== 'object' || value === null) return String(value);
  const mark = seen.get(value);
  if (mark?.name !== undefined) return mark.name;
  if (mark === undefined || mark.visits < 2) return writeObject(value, seen, names);
  mark.name = `#${names.next++}`;
  return `${mark.name}=${writeObject(value, seen, names)}`;
}

function writeObject(value: object, seen: Map<object, Mark>, names: { next: number }): string {
  const inner = (part: unknown): string => write(part, seen, names);
  const content = writeContent(value, inner);
  const properties = writeProperties(value, inner);
  const shown = content === undefined || properties.length > 0 ? ` {${properties.join(', ')}}` : '';
  return `${writeType(value)}${content ?? ''}${shown}${writeIntegrity(value)}`;
}

/** Kind by internal slot, then the class where it is another one, then whose realm it is. */
function writeType(value: object): string {
  const kind = kindOf(value);
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return `${kind} without prototype`;
  const intrinsic = (globalThis as Record<string, unknown>)[kind];
  if (typeof intrinsic === 'function' && prototype === intrinsic.prototype) return kind;
  const owner = (prototype as { constructor?: { name?: string } }).constructor?.name ?? 'nothing';
  return owner === kind ? `foreign ${kind}` : `${kind} of class ${owner}`;
}

function kindOf(value: object): string {
  if (Array.isArray(value)) return 'Array';
  if (value instanceof Error) return builtInErrorOf(value);
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return tag === 'Error' ? 'Error' : tag;
}

function builtInErrorOf(value: Error): string {
  const known = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];
  return known.find((type) => value instanceof type)?.name ?? 'Error';
}

function writeContent(value: object, inner: (part: unknown) => string): string | undefined {
  if (Array.isArray(value)) return `(${value.length})${writeItems(value, inner)}`;
  if (ArrayBuffer.isView(value)) {
    const { byteOffset, byteLength, buffer } = value;
    return `(${byteLength} bytes at ${byteOffset} of ${inner(buffer)})`;
  }
  switch (kindOf(value)) {
    case 'ArrayBuffer':
      return writeBuffer(value as ArrayBuffer);
    case 'Date':
      return `(${Number.isNaN((value as Date).getTime()) ? 'invalid' : (value as Date).toISOString()})`;
    case 'RegExp':
      return `(${value} at ${(value as RegExp).lastIndex})`;
    case 'Number':
    case 'String':
    case 'Boolean':
    case 'BigInt':
      return `(${inner((value as { valueOf(): unknown }).valueOf())})`;
    case 'Map':
      return `(${[...(value as Map<unknown, unknown>)].map(([k, v]) => `${inner(k)} => ${inner(v)}`).join(', ')})`;
    case 'Set':
      return `(${[...(value as Set<unknown>)].map(inner).join(', ')})`;
    default:
      if (!(value instanceof Error)) return undefined;
      return `(${inner(String(value))}${typeof value.stack === 'string' ? '' : ' without stack'})`;
  }
}

function writeItems(value: readonly unknown[], inner: (part: unknown) => string): string {
  const items: string[] = [];
  let holes = 0;
  for (let index = 0; index <= value.length; index++) {
    if (index < value.length && !(index in value)) {
      holes++;
      continue;
    }
    if (holes > 0) items.push(`<${holes} empty>`);
    holes = 0;
    if (index < value.length) items.push(inner(value[index]));
  }
  return `[${items.join(', ')}]`;
}

function writeBuffer(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  const limit = (buffer as { maxByteLength?: number }).maxByteLength;
  const resizable = (buffer as { resizable?: boolean }).resizable === true;
  const content =
    bytes.length <= shownBytes
      ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
      : `digest ${digest(bytes)}`;
  return `(${bytes.length}${resizable ? ` of at most ${limit}` : ''}: ${content})`;
}

/** FNV-1a: enough to tell payloads apart, the same everywhere. */
export function digest(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function writeProperties(value: object, inner: (part: unknown) => string): string[] {
  return ownKeys(value).map((key) => {
    const property = Object.getOwnPropertyDescriptor(value, key) as PropertyDescriptor;
    const name =
      typeof key === 'string' && /^[\w$-]+$/.test(key)
        ? key
        : typeof key === 'string'
          ? JSON.stringify(key)
          : `[${String(key)}]`;
    const notes = [
      property.enumerable ? '' : 'hidden ',
      property.configurable ? '' : 'fixed ',
      property.writable === false ? 'readonly ' : '',
    ].join('');
    if (property.get || property.set) return `${notes}accessor ${name}`;
    return `${notes}${name}: ${inner(property.value)}`;
  });
}

/** Own keys that say something: not the items of arrays and views, `length` or an error's stack. */
function ownKeys(value: object): (string | symbol)[] {
  if (ArrayBuffer.isView(value)) return [];
  const isError = value instanceof Error;
  const indexed = Array.isArray(value) || kindOf(value) === 'String';
  return Reflect.ownKeys(value).filter((key) => {
    if (typeof key === 'symbol') return true;
    if (indexed && (key === 'length' || /^\d+$/.test(key))) return false;
    if (key === 'lastIndex' && kindOf(value) === 'RegExp') return false;
    return !(isError && (key === 'stack' || (key === 'message' && isUsual(value, key))));
  });
}

/** The attributes that the constructors of errors give to `message`. */
function isUsual(value: object, key: string): boolean {
  const property = Object.getOwnPropertyDescriptor(value, key);
  return property?.enumerable === false && property.writable === true && !!property.configurable;
}

function writeIntegrity(value: object): string {
  if (ArrayBuffer.isView(value) || Object.isExtensible(value)) return '';
  return Object.isFrozen(value) ? ' frozen' : Object.isSealed(value) ? ' sealed' : ' closed';
}

function countVisits(value: unknown, seen: Map<object, Mark>): void {
  if (typeof value !== 'object' || value === null) return;
  const mark = seen.get(value);
  if (mark !== undefined) {
    mark.visits++;
    return;
  }
  seen.set(value, { visits: 1 });
  for (const part of partsOf(value)) countVisits(part, seen);
}

function partsOf(value: object): unknown[] {
  if (ArrayBuffer.isView(value)) return [value.buffer];
  const kind = kindOf(value);
  const parts: unknown[] = [];
  if (kind === 'Map')
    for (const [key, item] of value as Map<unknown, unknown>) parts.push(key, item);
  if (kind === 'Set') parts.push(...(value as Set<unknown>));
  if (Array.isArray(value)) value.forEach((item) => void parts.push(item)); // not the holes
  for (const key of ownKeys(value)) {
    parts.push(Object.getOwnPropertyDescriptor(value, key)?.value);
  }
  return parts;
}
