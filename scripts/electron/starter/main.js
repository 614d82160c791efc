// Stands in for Electron's default_app.asar where a runtime has none: `electron [switches] <path>
// [arguments]` starts the application at <path>, a folder with a package.json or a script.
const { existsSync, readFileSync, statSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { app } = require('electron');

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (given === undefined) {
  console.error('usage: electron [switches] <application folder or script> [arguments]');
  app.exit(2);
} else {
  start(resolve(given));
}

function start(target) {
  const folder = statSync(target).isDirectory() ? target : dirname(target);
  const manifestPath = join(folder, 'package.json');
  const manifest = existsSync(manifestPath) ? JSON.parse(readFileSync(manifestPath, 'utf8')) : {};
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
  if (manifest.productName ?? manifest.name) app.setName(manifest.productName ?? manifest.name);
  if (manifest.version) app.setVersion(manifest.version);
  app.setPath('userData', join(app.getPath('appData'), app.getName()));
  app.setAppPath(folder);
  const main = folder === target ? join(folder, manifest.main ?? 'index.js') : target;
  if (!isModule(main, manifest)) require(main);
  else import(pathToFileURL(main).href).catch(fail);
}

function fail(error) {
  console.error(error);
  app.exit(1);
}

function isModule(file, { type }) {
  return file.endsWith('.mjs') || (type === 'module' && !file.endsWith('.cjs'));
}
