import { execa } from 'execa';
import { prepareMusl } from '../../scripts/platforms.ts';
import { root } from '../../scripts/run.ts';

/** Once per run: the prebuilt addons, and a Node that loads one of them. */
export default async function setup(): Promise<void> {
  await execa('npm', ['run', 'prebuilds', '--', '--if-changed'], { cwd: root });
  await prepareMusl();
}
