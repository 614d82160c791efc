// Packages an application: `node package-app.mjs <how> <folder> <out> <an unpacked Electron>`.
import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createPackageWithOptions } from '@electron/asar';
import { packager } from '@electron/packager';
import { build, Platform } from 'electron-builder';
import { ZipFile } from 'yazl';

const [how, folder, out, electronDist] = process.argv.slice(2);

const ways = {
  asar: () => createPackageWithOptions(folder, `${out}/app.asar`, {}),
  'asar-unpacked': () => createPackageWithOptions(folder, `${out}/app.asar`, { unpack: '*.node' }),
  packager: runPackager,
  'electron-builder': () => runElectronBuilder({}),
  'electron-builder-fuses': () =>
    runElectronBuilder({
      electronFuses: {
        runAsNode: false,
        onlyLoadAppFromAsar: true,
        enableEmbeddedAsarIntegrityValidation: true,
      },
    }),
};

const electronVersion = '33.2.1';

/** It wants Electron as it is published: in an archive. */
async function runPackager() {
  const electronZipDir = `${out}/zip`;
  await mkdir(electronZipDir);
  const archive = new ZipFile();
  for (const file of await readdir(electronDist, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    archive.addFile(path, relative(electronDist, path), { compress: false });
  }
  archive.end();
  const name = `electron-v${electronVersion}-linux-x64.zip`;
  await pipeline(archive.outputStream, createWriteStream(join(electronZipDir, name)));
  await packager({
    dir: folder,
    out,
    electronVersion,
    electronZipDir,
    platform: 'linux',
    arch: 'x64',
    asar: { unpack: '**/*.node' },
    quiet: true,
  });
}

function runElectronBuilder(more) {
  return build({
    projectDir: folder,
    targets: Platform.LINUX.createTarget('dir'),
    publish: 'never',
    config: {
      appId: 'com.example.shipped',
      electronDist,
      electronVersion,
      files: ['dist', 'package.json'],
      directories: { output: out },
      ...more,
    },
  });
}

await ways[how]();
