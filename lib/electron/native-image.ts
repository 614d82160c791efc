/** Deeper values than this are no messages that anybody puts a picture into. */
const maxDepth = 32;

/**
 * Whether a value holds one of Electron's native images, the only objects that Electron's
 * serialiser carries and V8's own does not.
 */
export function holdsNativeImage(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null || depth > maxDepth) return false;
  if (value.constructor?.name === 'NativeImage') return true;
  const parts = value instanceof Map ? [...value].flat() : value instanceof Set ? [...value] : [];
  return [...parts, ...Object.values(value)].some((part) => holdsNativeImage(part, depth + 1));
}
