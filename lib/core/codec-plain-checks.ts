import { Buffer } from 'node:buffer';
import { types } from 'node:util';

/** What makes a value plain. None of these runs code of the application. */

/** How many values the first element holds at least: a list too long is given up at once. */
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

/** Whether a receiver could not tell this value from a fresh Uint8Array with the same bytes. */
export function isWholeBytes(value: object, prototype: unknown): value is Uint8Array {
  if (prototype !== Uint8Array.prototype && prototype !== Buffer.prototype) return false;
  if (!types.isUint8Array(value)) return false;
  const { buffer, byteLength } = value;
  return (
    byteLength === buffer.byteLength &&
    Object.getPrototypeOf(buffer) === ArrayBuffer.prototype &&
    !(buffer as { resizable?: boolean }).resizable &&
    // An empty array may be detached, which is V8's to refuse.
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

/** So many objects are compared one by one; beyond, a Set pays. */
const fewObjects = 16;

/** The objects of one message: shared references and cycles are V8's. */
export class SeenObjects {
  readonly #few: object[] = [];
  #many: Set<object> | undefined = undefined;

  /** Whether the object came before; from now on it did. */
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

  /** Lets go of the objects. Returns whether there were any. */
  clear(): boolean {
    if (this.#few.length === 0) return false;
    this.#few.length = 0;
    this.#many = undefined;
    return true;
  }
}
