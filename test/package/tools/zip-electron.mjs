import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Makes `folder`, with an unpacked Electron in an archive, as it is published. */
export async function zipElectron(dist, version, folder) {
  await mkdir(folder, { recursive: true });
  const archive = new ZipFile();
  for (const file of await readdir(dist, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    archive.addFile(path, relative(dist, path), { compress: false });
  }
  archive.end();
  const name = `electron-v${version}-linux-x64.zip`;
  await pipeline(archive.outputStream, createWriteStream(join(folder, name)));
}
