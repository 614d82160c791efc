import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { root } from '../../../scripts/run.ts';

const script = join(root, 'scripts/require-node.cjs');

/** Runs the script on a Node that says it is of this version. */
async function on(version: string): Promise<{ exitCode: number | undefined; stderr: string }> {
  const code = `Object.defineProperty(process.versions, 'node', { value: '${version}' });
    Object.defineProperty(process, 'version', { value: 'v${version}' });
    require(${JSON.stringify(script)});`;
  const { exitCode, stderr } = await execa(process.execPath, ['-e', code], { reject: false });
  return { exitCode, stderr };
}

it.each(['16.20.2', '18.20.8', '20.18.3'])('refuses Node %s in one line', async (version) => {
  const { exitCode, stderr } = await on(version);
  expect(exitCode).toBe(1);
  expect(stderr.split('\n')).toHaveLength(1);
  expect(stderr).toContain(`this is v${version}`);
});

it.each(['20.19.0', '22.1.0', '26.0.0'])('lets Node %s pass', async (version) => {
  expect(await on(version)).toEqual({ exitCode: 0, stderr: '' });
});
