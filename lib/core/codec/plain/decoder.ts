import { RingwireError } from '../../errors.ts';
import type { TakeShared } from '../shared.ts';
import { readAscii, readName, readWide } from '../text.ts';
import { plainLimits as limits, PlainType } from './format.ts';

const float = new Float64Array(1);
const floatBytes = new Uint8Array(float.buffer);
type Record = { [key: string]: unknown };

/**
 * Reads what PlainEncoder writes, from a peer that may lie: it compares every length with the bytes
 * that are there before it uses it. It bounds depth, and the number of values: an object of three
 * bytes can take 40 KB, if the keys of its shape are large numbers. Throws `ERR_RINGWIRE_CORRUPT`.
 */
export class PlainDecoder {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  #left = 0;
  #body: ArrayBuffer | undefined = undefined;
  #takeShared: TakeShared = noShared;
  readonly #shapes: string[][] = [];

  decode(
    bytes: Uint8Array,
    offset: number,
    end: number,
    body: ArrayBuffer | undefined,
    takeShared: TakeShared = noShared,
  ): unknown[] {
    this.#takeShared = takeShared;
    this.#bytes = bytes;
    this.#at = offset;
    this.#end = end;
    this.#left = limits.values;
    this.#body = body;
    if (this.#shapes.length > 0) this.#shapes.length = 0;
    const values = this.#list(0);
    if (this.#at !== end) corrupt(`${end - this.#at} bytes behind the last value`);
    if (this.#body !== undefined) corrupt('a body that no value has');
    return values;
  }

  /** The offset of the next `size` bytes, which are there. */
  #take(size: number): number {
    const at = this.#at;
    if (size > this.#end - at) corrupt(`${size} bytes announced where ${this.#end - at} follow`);
    this.#at = at + size;
    return at;
  }

  #byte(): number {
    return this.#bytes[this.#take(1)] as number;
  }

  #length(): number {
    const at = this.#take(2);
    return (this.#bytes[at] as number) | ((this.#bytes[at + 1] as number) << 8);
  }

  #value(depth: number): unknown {
    if (--this.#left < 0) corrupt(`more than ${limits.values} values`);
    const type = this.#byte();
    switch (type) {
      case PlainType.Undefined:
        return undefined;
      case PlainType.Null:
        return null;
      case PlainType.False:
        return false;
      case PlainType.True:
        return true;
      case PlainType.Byte:
        return this.#byte();
      case PlainType.Integer:
        return this.#integer();
      case PlainType.Double:
        return this.#double();
      case PlainType.Ascii:
      case PlainType.Wide:
        return this.#string(type);
      case PlainType.Date:
        return new Date(this.#double());
      case PlainType.Bytes:
        return this.#inlineBytes();
      case PlainType.Body:
        return this.#takeBody();
      case PlainType.Shared:
        return this.#takeShared(this.#integer() >>> 0);
      case PlainType.Array:
        return this.#list(depth + 1);
      case PlainType.Object:
        return this.#record(this.#shape(), depth + 1);
      case PlainType.ObjectOfShape:
        return this.#record(this.#earlierShape(), depth + 1);
      default:
        return corrupt(`value type ${type}`);
    }
  }

  #list(depth: number): unknown[] {
    if (depth > limits.depth) corrupt(`values more than ${limits.depth} deep`);
    const count = this.#byte();
    const list: unknown[] = [];
    for (let i = 0; i < count; i++) list.push(this.#value(depth));
    return list;
  }

  #record(names: readonly string[], depth: number): Record {
    if (depth > limits.depth) corrupt(`values more than ${limits.depth} deep`);
    const record: Record = {};
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const value = this.#value(depth);
      // An assignment would fail on a frozen prototype, or call its setter.
      if (name in record) define(record, name, value);
      else record[name] = value;
    }
    return record;
  }

  #shape(): readonly string[] {
    const count = this.#byte();
    const names: string[] = [];
    for (let i = 0; i < count; i++) names.push(this.#key());
    this.#shapes.push(names);
    return names;
  }

  #earlierShape(): readonly string[] {
    const number = this.#byte();
    const names = this.#shapes[number];
    return names ?? corrupt(`shape ${number} of ${this.#shapes.length}`);
  }

  #key(): string {
    const type = this.#byte();
    if (type !== PlainType.Ascii && type !== PlainType.Wide) corrupt(`a key of type ${type}`);
    const length = this.#length();
    const key =
      type === PlainType.Ascii
        ? readName(this.#bytes, this.#take(length), length)
        : readWide(this.#bytes, this.#take(2 * length), length);
    if (key === '__proto__') corrupt('a key that would set a prototype');
    return key;
  }

  #string(type: number): string {
    const length = this.#length();
    if (type === PlainType.Wide) return readWide(this.#bytes, this.#take(2 * length), length);
    return readAscii(this.#bytes, this.#take(length), length);
  }

  #integer(): number {
    const bytes = this.#bytes;
    const at = this.#take(4);
    return (
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    );
  }

  #double(): number {
    const at = this.#take(8);
    for (let i = 0; i < 8; i++) floatBytes[i] = this.#bytes[at + i] as number;
    return float[0] as number;
  }

  #inlineBytes(): Uint8Array {
    const length = this.#length();
    const start = this.#take(length);
    return Uint8Array.prototype.slice.call(this.#bytes, start, start + length);
  }

  #takeBody(): Uint8Array {
    if (this.#body === undefined) corrupt('a value without its body');
    const bytes = new Uint8Array(this.#body);
    this.#body = undefined;
    return bytes;
  }
}

function define(record: Record, name: string, value: unknown): void {
  const attributes = { configurable: true, enumerable: true, writable: true };
  Object.defineProperty(record, name, { ...attributes, value });
}

function noShared(ticket: number): never {
  return corrupt(`a shared buffer with ticket ${ticket}`);
}

function corrupt(detail: string): never {
  throw new RingwireError('ERR_RINGWIRE_CORRUPT', { detail });
}
