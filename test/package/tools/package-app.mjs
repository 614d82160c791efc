// Packages an application: `node package-app.mjs <how> <folder> <out> <an unpacked Electron>`.
import { createPackageWithOptions } from '@electron/asar';
import { packager } from '@electron/packager';
import { build, Platform } from 'electron-builder';
import { zipElectron } from './zip-electron.mjs';

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

async function runPackager() {
  const electronZipDir = `${out}/zip`;
  await zipElectron(electronDist, electronVersion, electronZipDir);
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
