'use strict';
// Refuses an old Node in one line. Runs on any, and before what an old one could not even read.
const { version } = require('../package.json').devEngines.runtime;
const wanted = version.replace('>=', '').split('.').map(Number);
const found = process.versions.node.split('.').map(Number);

if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  console.error(`Node ${version} is needed to work on ringwire, and this is ${process.version}`);
  process.exit(1);
}
