/** Addons that do not load. */

/** The same file, asking for a version that no C library has yet. */
export function newerLibrary(addon: Buffer): Buffer {
  return replaced(addon, 'GLIBC_2.28', 'GLIBC_9.99');
}

/** The same file, asking for a library that no system has. */
export function otherLibrary(addon: Buffer): Buffer {
  return replaced(addon, 'libc.so.6', 'libz.so.6');
}

/** The same file, whose header names a processor of another kind. */
export function otherProcessor(addon: Buffer): Buffer {
  const changed = Buffer.from(addon);
  const arm64 = 183;
  changed.writeUInt16LE(arm64, 18);
  return changed;
}

function replaced(addon: Buffer, text: string, other: string): Buffer {
  const changed = Buffer.from(addon);
  const at = changed.indexOf(`${text}\0`);
  if (at < 0) throw new Error(`the addon has no ${text}`);
  changed.write(other, at);
  return changed;
}
