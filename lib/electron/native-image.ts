/**
 * Whether a value holds one of Electron's native images, the only objects that Electron's
 * serialiser carries and V8's own does not. Runs no getter.
 */
export function holdsNativeImage(value: unknown, seen: Set<unknown> = new Set()): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false;
  seen.add(value);
  if (isNativeImage(value)) return true;
  return partsOf(value).some((part) => holdsNativeImage(part, seen));
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
