#!/usr/bin/env node
/**
 * `npx ringwire doctor` in an application's folder: starts its Electron twice, on stock IPC and on
 * ringwire, and compares; then forks a Node and talks to it. Exits with 0 if all is well, 1 if
 * something differs, fails or lacks its ring, 2 if there is nothing to compare.
 */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { RingwireError } from '../core/errors.ts';
import { nodeFault } from './check-node.ts';
import { compare } from './compare.ts';
import { openDisplay } from './display.ts';
import { findElectron } from './find-electron.ts';
import type { Side, SideReport } from './report.ts';
import { runElectron } from './run-electron.ts';
import { isHealthy, type Machine, render } from './screen.ts';

const usage = `usage: ringwire doctor [options]

Checks ringwire in the Electron of the application in this folder.

  --require <script>   load this in main first, such as what your application does to Electron
  --timeout <seconds>  for each of the two starts of Electron (120)
  --no-sandbox         start Chromium without its sandbox
  --experimental       use the addon also where nobody has run it yet`;

void main();

async function main(): Promise<void> {
  try {
    process.exitCode = await doctor(process.argv.slice(2));
  } catch (error) {
    process.exitCode = 2;
    if (!(error instanceof RingwireError)) throw error;
    console.error(`${error.message} [${error.code}]`);
    if (typeof error.cause === 'string') console.error(`\n${error.cause}`);
  }
}

async function doctor(args: string[]): Promise<number> {
  const options = optionsOf(args);
  if (options === undefined) {
    console.error(usage);
    return 2;
  }
  if (options.experimental) process.env.RINGWIRE_EXPERIMENTAL = '1';
  const { switches, remarks } = circumstances(options.noSandbox);
  const electron = findElectron(process.cwd(), process.env);
  const display = await openDisplay();
  if (display.remark) remarks.push(display.remark);
  const start = (side: Side): Promise<SideReport> => {
    console.error(`starting ${electron} on ${side === 'stock' ? 'stock IPC' : 'ringwire'} ...`);
    return runElectron({ electron, side, switches, display: display.name, ...options });
  };
  try {
    const stock = await start('stock');
    const ringwire = await start('ringwire');
    const here = machine(remarks, await nodeFault());
    const comparison = compare(stock, ringwire);
    console.log(`\n${render(here, stock, ringwire, comparison)}`);
    return isHealthy(here, comparison) ? 0 : 1;
  } finally {
    display.end();
  }
}

interface Options {
  readonly script: string | undefined;
  /** Milliseconds. */
  readonly timeout: number;
  readonly noSandbox: boolean;
  readonly experimental: boolean;
}

/** Undefined for what is not understood. */
function optionsOf(args: string[]): Options | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        require: { type: 'string' },
        timeout: { type: 'string', default: '120' },
        'no-sandbox': { type: 'boolean', default: false },
        experimental: { type: 'boolean', default: false },
      },
    });
    const timeout = Number(values.timeout) * 1000;
    if (positionals.join(' ') !== 'doctor' || !(timeout > 0)) return undefined;
    const script = values.require === undefined ? undefined : resolve(values.require);
    const { 'no-sandbox': noSandbox = false, experimental = false } = values;
    return { script, timeout, noSandbox, experimental };
  } catch {
    return undefined;
  }
}

/** What this machine needs, and what a reader of the screen has to know about it. */
function circumstances(noSandbox: boolean): { switches: string[]; remarks: string[] } {
  const switches = ['--disable-gpu'];
  const remarks: string[] = [];
  const isRoot = process.getuid?.() === 0;
  if (noSandbox || isRoot) {
    switches.push('--no-sandbox');
    remarks.push(`started with --no-sandbox${isRoot ? ', as the user is root' : ''}`);
  }
  const [load = 0] = loadavg();
  if (load > cpus().length) {
    remarks.push(`the machine is busy (load ${load.toFixed(1)}), so times say little`);
  }
  return { switches, remarks };
}

/** What Node's report on a process begins with, as far as it is shown. */
interface Header {
  readonly glibcVersionRuntime?: string;
}

function machine(remarks: readonly string[], fault: string | undefined): Machine {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8'));
  const { header } = (process.report?.getReport() ?? {}) as { header?: Header };
  return {
    ringwire: version,
    platform: process.platform,
    arch: process.arch,
    node: process.versions.node,
    nodeFault: fault,
    cores: cpus().length,
    glibc: header?.glibcVersionRuntime,
    remarks,
  };
}
