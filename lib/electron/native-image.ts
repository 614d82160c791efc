import { types } from 'node:util';

/**
 * Whether a value holds one of Electron's native images: the only objects that Electron's
 * serialiser accepts and V8's does not. Runs no code of the application.
 */
export function holdsNativeImage(value: unknown): boolean {
  // The set grows while it is walked. No recursion: values may be nested deeper than the call
  // stack.
  const parts = new Set([value]);
  for (const part of parts) {
    // No serialiser accepts a proxy.
    if (typeof part !== 'object' || part === null || types.isProxy(part)) continue;
    if (isNativeImage(part)) return true;
    for (const inner of partsOf(part)) parts.add(inner);
  }
  return false;
}

function isNativeImage(value: object): boolean {
  const maker = Object.getPrototypeOf(value)?.constructor;
  return typeof maker === 'function' && maker.name === 'NativeImage';
}

function partsOf(value: object): unknown[] {
  if (value instanceof Map) return [...value].flat();
  if (value instanceof Set) return [...value];
  if (ArrayBuffer.isView(value)) return [];
  return Object.values(Object.getOwnPropertyDescriptors(value)).map(({ value: part }) => part);
}
