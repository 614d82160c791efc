export const KiB: number = 1024;
export const MiB: number = 1024 * KiB;

/** As tables and plots print a size: whole units of two to the tenth. */
export function bytesText(bytes: number): string {
  if (bytes >= MiB) return `${bytes / MiB} MB`;
  return bytes >= KiB ? `${bytes / KiB} KB` : `${bytes} B`;
}
