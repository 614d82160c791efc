'use strict';
/**
 * npm's install script: keeps the prebuilt addon when it loads here, else compiles one.
 *
 * Without an addon ringwire still installs, because an application still works then: its Electron
 * windows stay on stock IPC. `RINGWIRE_REQUIRE_NATIVE=1` makes a missing addon an error instead,
 * `npm_config_build_from_source=true` compiles even when a prebuilt addon loads. It writes what it does
 * to standard error; npm shows that with `--foreground-scripts`.
 */
const { spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { dirname, join } = require('node:path');

const root = dirname(__dirname);
const supported = process.platform === 'linux' && process.arch === 'x64';

const problem = fromSourceWanted() || !loads() ? compile() : undefined;
if (problem !== undefined) {
  const required = process.env.RINGWIRE_REQUIRE_NATIVE === '1';
  console.error(
    `ringwire: no native addon (${problem}). Electron windows stay on Electron's own IPC, and ` +
      'listen(), connect() and fork() of plain Node throw ERR_RINGWIRE_UNSUPPORTED. ' +
      (required
        ? 'RINGWIRE_REQUIRE_NATIVE=1 makes this an error.'
        : 'Set RINGWIRE_REQUIRE_NATIVE=1 to make this an error.'),
  );
  process.exitCode = required ? 1 : 0;
}

function fromSourceWanted() {
  const wanted = process.env.npm_config_build_from_source;
  return wanted === 'true' || wanted === '' || wanted === 'ringwire';
}

/** Only loading it shows whether its C library and Node-API fit. */
function loads() {
  try {
    require('node-gyp-build')(root);
    return true;
  } catch {
    return false;
  }
}

/** Returns what went wrong, or nothing. */
function compile() {
  if (!supported) return `${process.platform}-${process.arch} is not supported yet, linux-x64 is`;
  const [command, ...args] = nodeGyp();
  const nodeDir = process.env.npm_config_nodedir ?? localNodeDir();
  if (nodeDir !== undefined) args.push(`--nodedir=${nodeDir}`);
  const { status, error } = spawnSync(command, [...args, 'rebuild', '-j', 'max'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error !== undefined) return `node-gyp did not start: ${error.message}`;
  if (status !== 0) return 'node-gyp could not compile one; it needs Python, make and g++';
  return loads() ? undefined : 'the compiled addon does not load';
}

/** npm brings its own node-gyp and names it; other package managers put one on the PATH. */
function nodeGyp() {
  const named = process.env.npm_config_node_gyp;
  return named ? [process.execPath, named] : ['node-gyp'];
}

/** The installation of this Node when it carries its headers: then node-gyp downloads nothing. */
function localNodeDir() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include/node/node_api.h')) ? prefix : undefined;
}
