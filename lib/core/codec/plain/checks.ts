import { Buffer } from 'node:buffer';
import { types } from 'node:util';

/** Checks whether a value is plain. None of them runs code of the application. */

/** The fewest values that an element can hold: shows early that a list is too long. */
export function valuesIn(element: unknown): number {
  if (typeof element !== 'object' || element === null || types.isProxy(element)) return 1;
  return ArrayBuffer.isView(element) ? 1 : Object.keys(element).length + 1;
}

/** Whether reading the property runs no getter. */
export function isData(
  property: PropertyDescriptor | undefined,
): property is PropertyDescriptor & { value: unknown } {
  return property !== undefined && property.get === undefined && property.set === undefined;
}

/** Whether two objects have the same keys in the same order. */
export function areSame(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Whether the bytes alone say everything about this value: a whole, ordinary Uint8Array. */
export function isWholeBytes(value: object, prototype: unknown): value is Uint8Array {
  if (prototype !== Uint8Array.prototype && prototype !== Buffer.prototype) return false;
  if (!types.isUint8Array(value)) return false;
  const { buffer, byteLength } = value;
  return (
    byteLength === buffer.byteLength &&
    Object.getPrototypeOf(buffer) === ArrayBuffer.prototype &&
    !(buffer as { resizable?: boolean }).resizable &&
    // An empty array may be detached. V8 refuses those, so it has to see them.
    (byteLength !== 0 || !isDetached(buffer))
  );
}

function isDetached(buffer: ArrayBufferLike): boolean {
  try {
    return new Uint8Array(buffer).byteLength !== 0;
  } catch {
    return true;
  }
}

/** Above this many objects a Set is faster than a list. */
const fewObjects = 16;

/** The objects of one message. One that comes twice (or in a cycle) is left to V8. */
export class SeenObjects {
  readonly #few: object[] = [];
  #many: Set<object> | undefined = undefined;

  /** Adds an object. Returns whether it was there before. */
  add(value: object): boolean {
    if (this.#many !== undefined) {
      const before = this.#many.size;
      return this.#many.add(value).size === before;
    }
    if (this.#few.includes(value)) return true;
    this.#few.push(value);
    if (this.#few.length > fewObjects) this.#many = new Set(this.#few);
    return false;
  }

  /** Forgets the objects. Returns whether there were any. */
  clear(): boolean {
    if (this.#few.length === 0) return false;
    this.#few.length = 0;
    this.#many = undefined;
    return true;
  }
}
