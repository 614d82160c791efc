import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * Says in development that the addon lies inside of an archive. It loads; but for every process
 * Electron copies it into the temporary folder, and leaves the copies there.
 *
 * @param root ringwire's own folder
 */
export function warnOfArchive(root: string): void {
  const archive = root.indexOf(`.asar${sep}`);
  if (archive < 0) return;
  const end = archive + '.asar'.length;
  const unpacked = join(`${root.slice(0, end)}.unpacked`, root.slice(end), 'prebuilds');
  if (existsSync(unpacked)) return;
  console.warn(
    `ringwire: its addon is inside of ${root.slice(0, end)}, so Electron leaves a copy of it in the ` +
      'temporary folder for each process. Keep *.node files out of the archive.',
  );
}
