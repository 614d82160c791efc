import {
  type Copy,
  isPrimitive,
  largestBatched,
  sizeOfPrimitives,
} from '../../batch/batch-buffer.ts';

// As they were before any script of the page could replace them.
const clone = globalThis.structuredClone;
const { getPrototypeOf } = Object;
const { isArray } = Array;
const plain: unknown = Object.prototype;
const dates: unknown = Date.prototype;

/**
 * A copy of the values, to be sent a little later. Undefined where it is not certain that
 * Electron's serialiser would make the same copy: Electron then sends them itself.
 */
export function plainCopy(values: unknown[]): Copy | undefined {
  const primitives = sizeOfPrimitives(values);
  if (primitives !== undefined) {
    return primitives <= largestBatched ? { values, size: primitives } : undefined;
  }
  if (values.some(isBytes)) return undefined;
  let copied: unknown[];
  try {
    // Refuses proxies, functions and all that no script can recognise.
    copied = clone(values);
  } catch {
    return undefined;
  }
  const size = sizeOf(copied, largestBatched);
  return size <= largestBatched ? { values: copied, size } : undefined;
}

/** Bytes are likely too large for a batch, so they are not copied to find out. */
function isBytes(value: unknown): boolean {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
}

/** Walks what `structuredClone` made: it has no getters. Infinity for what is more than data. */
function sizeOf(value: unknown, limit: number): number {
  if (typeof value === 'string') return 1 + value.length;
  if (isPrimitive(value)) return 1;
  const prototype = getPrototypeOf(value);
  if (prototype === dates) return 1;
  if (prototype !== plain && !isArray(value)) return Number.POSITIVE_INFINITY;
  let size = 1;
  for (const part of Object.values(value as object)) {
    // A cycle ends here, too: it is larger than any limit.
    if (size > limit) return Number.POSITIVE_INFINITY;
    size += sizeOf(part, limit - size);
  }
  return size;
}
