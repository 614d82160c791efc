/** Describes any value as text, the same in main and in a sandboxed preload. */
export function describe(value: unknown, seen: readonly object[] = []): string {
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return String(value);
  const at = seen.indexOf(value);
  if (at >= 0) return `[circular ${at}]`;
  const within = [...seen, value];
  const list = (values: Iterable<unknown>): string =>
    Array.from(values, (one) => describe(one, within)).join(', ');
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (Array.isArray(value)) return `[${list(value)}]`;
  if (kind === 'Date' || kind === 'RegExp') return `${kind} ${String(value)}`;
  if (kind === 'Error') return `${(value as Error).name}: ${(value as Error).message}`;
  if (kind === 'Map' || kind === 'Set') return `${kind} {${list(value as Set<unknown>)}}`;
  if (ArrayBuffer.isView(value)) return `${kind} ${list(bytesOf(value))}`;
  if (kind === 'ArrayBuffer') return `${kind} ${list(new Uint8Array(value as ArrayBuffer))}`;
  const entries = Object.entries(value).map(([key, one]) => `${key}: ${describe(one, within)}`);
  return `${kind} {${entries.join(', ')}}`;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
