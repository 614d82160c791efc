import { types } from 'node:util';
import { isShared } from '../../shared-buffer.ts';
import {
  type HandedOver,
  nextTicket,
  nothingShared,
  ticketLength,
  writeTicket,
} from '../shared.ts';
import { writeAscii, writeWide } from '../text.ts';
import { areSame, isData, isWholeBytes, SeenObjects, valuesIn } from './checks.ts';
import { plainLimits as limits, PlainType } from './format.ts';

const { getOwnPropertyDescriptor, getPrototypeOf, keys } = Object;
const { isArgumentsObject, isDate, isProxy } = types;
const getTime = Date.prototype.getTime;
const float = new Float64Array(1);
const floatBytes = new Uint8Array(float.buffer);

/** No value takes more bytes than this, except strings and bytes. */
const scalarRoom = 16;
/**
 * Writes plain values and gives up on all others. Runs no code of the application: properties are
 * read through their descriptors, so a getter is found, not called.
 */
export class PlainEncoder {
  #body: Uint8Array | undefined = undefined;
  #shared: HandedOver[] = nothingShared;
  #out: Uint8Array = new Uint8Array(0);
  #at = 0;
  #left = 0;
  readonly #shapes: string[][] = [];
  readonly #seen = new SeenObjects();

  /** Returns the end of what was written at `offset`, or -1: not plain, or too large. */
  encode(values: readonly unknown[], out: Uint8Array, offset: number): number {
    const count = values.length;
    if (count > limits.count || offset + 1 > out.length) return -1;
    this.#out = out;
    this.#at = offset;
    this.#left = limits.values;
    this.#body = undefined;
    out[this.#at++] = count;
    let plain = true;
    for (let i = 0; plain && i < count; i++) plain = this.#value(values[i], 0);
    if (this.#seen.clear()) this.#shapes.length = 0;
    if (plain) return this.#at;
    this.#body = undefined;
    this.#shared = nothingShared;
    return -1;
  }

  /** The shared buffers of the last `encode`, once. */
  takeShared(): readonly HandedOver[] {
    const shared = this.#shared;
    this.#shared = nothingShared;
    return shared;
  }

  /** The byte array of the last `encode` that travels as the body, once. */
  takeBody(): Uint8Array | undefined {
    const body = this.#body;
    this.#body = undefined;
    return body;
  }

  #value(value: unknown, depth: number): boolean {
    if (--this.#left < 0 || this.#at + scalarRoom > this.#out.length) return false;
    switch (typeof value) {
      case 'string':
        return this.#string(value);
      case 'number':
        this.#number(value);
        return true;
      case 'boolean':
        this.#out[this.#at++] = value ? PlainType.True : PlainType.False;
        return true;
      case 'undefined':
        this.#out[this.#at++] = PlainType.Undefined;
        return true;
      case 'object':
        if (value !== null) return this.#object(value, depth);
        this.#out[this.#at++] = PlainType.Null;
        return true;
      default:
        return false;
    }
  }

  #number(value: number): void {
    const out = this.#out;
    let at = this.#at;
    if ((value | 0) !== value || Object.is(value, -0)) {
      this.#double(PlainType.Double, value);
      return;
    }
    if (value >= 0 && value <= 0xff) {
      out[at++] = PlainType.Byte;
      out[at++] = value;
    } else {
      out[at++] = PlainType.Integer;
      out[at++] = value & 0xff;
      out[at++] = (value >> 8) & 0xff;
      out[at++] = (value >> 16) & 0xff;
      out[at++] = (value >> 24) & 0xff;
    }
    this.#at = at;
  }

  #double(type: number, value: number): void {
    const out = this.#out;
    let at = this.#at;
    float[0] = value;
    out[at++] = type;
    for (let i = 0; i < 8; i++) out[at++] = floatBytes[i] as number;
    this.#at = at;
  }

  #string(text: string): boolean {
    const out = this.#out;
    const length = text.length;
    const start = this.#at + 3;
    // The longer encoding must fit, and the 4 extra bytes that writeAscii needs.
    if (length > limits.string || start + 2 * length + 4 > out.length) return false;
    const ascii = writeAscii(text, out, start);
    if (!ascii) writeWide(text, out, start);
    out[this.#at] = ascii ? PlainType.Ascii : PlainType.Wide;
    out[this.#at + 1] = length & 0xff;
    out[this.#at + 2] = length >> 8;
    this.#at = start + (ascii ? length : 2 * length);
    return true;
  }

  #object(value: object, depth: number): boolean {
    if (isProxy(value)) return false;
    const prototype = getPrototypeOf(value);
    if (prototype === Object.prototype) return this.#record(value, depth + 1);
    if (prototype === Array.prototype && Array.isArray(value)) return this.#list(value, depth + 1);
    if (isWholeBytes(value, prototype)) return this.#bytes(value);
    if (prototype !== Date.prototype) return this.#sharedBuffer(value);
    if (!isDate(value) || this.#seen.add(value)) return false;
    this.#double(PlainType.Date, getTime.call(value));
    return true;
  }

  #record(value: object, depth: number): boolean {
    if (depth > limits.depth || this.#seen.add(value) || isArgumentsObject(value)) return false;
    const names = keys(value);
    if (!this.#shape(names)) return false;
    for (let i = 0; i < names.length; i++) {
      const property = getOwnPropertyDescriptor(value, names[i] as string);
      if (!isData(property) || !this.#value(property.value, depth)) return false;
    }
    return true;
  }

  #shape(names: string[]): boolean {
    const out = this.#out;
    const shapes = this.#shapes;
    for (let i = shapes.length - 1; i >= 0; i--) {
      if (!areSame(shapes[i] as string[], names)) continue;
      out[this.#at++] = PlainType.ObjectOfShape;
      out[this.#at++] = i;
      return true;
    }
    const count = names.length;
    if (count > this.#left || count > limits.count || shapes.length === limits.shapes) return false;
    shapes.push(names);
    out[this.#at++] = PlainType.Object;
    out[this.#at++] = count;
    for (let i = 0; i < count; i++) {
      const name = names[i] as string;
      if (name === '__proto__' || !this.#string(name)) return false;
    }
    return true;
  }

  #list(value: unknown[], depth: number): boolean {
    const count = value.length;
    if (count > limits.count || count > this.#left) return false;
    if (depth > limits.depth || this.#seen.add(value)) return false;
    // keys() lists indices first: if the last one is count - 1, there are neither holes nor names.
    const names = keys(value);
    if (names.length !== count || (count > 0 && names[count - 1] !== `${count - 1}`)) return false;
    this.#out[this.#at++] = PlainType.Array;
    this.#out[this.#at++] = count;
    for (let i = 0; i < count; i++) {
      const property = getOwnPropertyDescriptor(value, i);
      if (!isData(property)) return false;
      if (i === 0 && count * valuesIn(property.value) > this.#left) return false;
      if (!this.#value(property.value, depth)) return false;
    }
    return true;
  }

  #sharedBuffer(value: object): boolean {
    if (!isShared(value)) return false;
    const ticket = nextTicket();
    if (this.#shared === nothingShared) this.#shared = [];
    this.#shared.push({ ticket, buffer: value });
    const out = this.#out;
    out[this.#at++] = PlainType.Shared;
    writeTicket(ticket, out, this.#at);
    this.#at += ticketLength;
    return true;
  }

  #bytes(bytes: Uint8Array): boolean {
    const out = this.#out;
    const length = bytes.length;
    // The receiver would get two memories where the sender has two views of one.
    if (this.#seen.add(bytes.buffer)) return false;
    if (length <= limits.inlineBytes && this.#at + 3 + length <= out.length) {
      out[this.#at] = PlainType.Bytes;
      out[this.#at + 1] = length & 0xff;
      out[this.#at + 2] = length >> 8;
      out.set(bytes, this.#at + 3);
      this.#at += 3 + length;
      return true;
    }
    if (this.#body !== undefined) return false;
    this.#body = bytes;
    out[this.#at++] = PlainType.Body;
    return true;
  }
}
