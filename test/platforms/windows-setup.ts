import { execa } from 'execa';
import { root } from '../../scripts/run.ts';
import { endWine, prepareWine } from '../../scripts/wine.ts';

/** Once per run: the prebuilt addons, and Node for Windows. Returns what ends all that runs there. */
export default async function setup(): Promise<() => Promise<void>> {
  await execa('npm', ['run', 'prebuilds', '--', '--if-changed'], { cwd: root });
  await prepareWine();
  return endWine;
}
