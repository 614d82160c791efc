// What @electron/rebuild would compile: `node rebuild.mjs <folder> <platform> <arch> <ignored module>`.
import { rebuild } from '@electron/rebuild';

const [buildPath, platform, arch, ignored] = process.argv.slice(2);
const rebuilding = rebuild({
  buildPath,
  platform,
  arch,
  electronVersion: '33.2.1',
  force: true,
  ignoreModules: [ignored],
});
const found = [];
rebuilding.lifecycle.on('module-found', (name) => found.push(name));
await rebuilding;
console.log(JSON.stringify(found));
