// `electron-forge package`, offline: `node forge-package.mjs <folder> <out> <an unpacked Electron>`.
import { appendFile } from 'node:fs/promises';
import { api } from '@electron-forge/core';
import { zipElectron } from './zip-electron.mjs';

const [folder, out, electronDist] = process.argv.slice(2);
const archives = `${out}/zip`;

await zipElectron(electronDist, '33.2.1', archives);
const here = `\nmodule.exports.packagerConfig.electronZipDir = ${JSON.stringify(archives)};\n`;
await appendFile(`${folder}/forge.config.js`, here);
await api.package({ dir: folder, outDir: out, interactive: false });
