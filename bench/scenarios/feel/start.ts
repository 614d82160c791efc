import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { median } from 'simple-statistics';
import { collect } from '../../harness/measure/collect.ts';
import type { ElectronScenario } from '../scenario.ts';

const run = promisify(execFile);

/** What bench/electron/start.ts prints, in milliseconds. */
export interface Start {
  readonly register: number;
  readonly ready: number;
}

/** How long does an application take until it is ready? Stock has no ringwire at all here. */
export const start: ElectronScenario = {
  id: 'start',
  title: 'start of an application, until it is ready',
  unit: 'us',
  windows: 0,
  main: () => {},
  page: () => Promise.resolve(undefined),
  async inMain({ limits }) {
    const registering: number[] = [];
    // It lies beside this application; a bundler decides where this file is.
    const application = process.argv.at(-1) ?? '';
    const switches = process.argv.filter((argument) => argument.startsWith('--'));
    const measurement = await collect(limits, async () => {
      const args = [...switches, join(dirname(application), 'start.cjs')];
      const { stdout } = await run(process.execPath, args);
      const [, json = ''] = /^START (.*)$/m.exec(stdout) ?? [];
      const { register, ready } = JSON.parse(json) as Start;
      registering.push(register * 1000);
      return [ready * 1000];
    });
    return {
      ...measurement,
      details: { "us of require('ringwire/register')": median(registering) },
    };
  },
};
