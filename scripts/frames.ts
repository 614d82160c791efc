/**
 * `npx tsx scripts/frames.ts`: runs examples/frames, once with shared buffers and once with copies,
 * and says how many frames a window showed. The picture is of the first.
 */
import { join, relative } from 'node:path';
import { build } from 'tsdown';
import { launchElectron } from './electron/launch.ts';
import { describeElectron, resolveElectron } from './electron/resolve.ts';
import { root } from './run.ts';

const picture = join(root, 'build/frames/ringwire-frames.png');
const electron = await resolveElectron();
console.log(describeElectron(electron));
await build({ config: join(root, 'examples/frames/tsdown.config.ts') });

for (const by of ['sharing', 'copies']) {
  const run = await launchElectron({
    electron,
    appPath: join(root, 'build/frames-app/main.cjs'),
    env: { FRAMES_BY: by, ...(by === 'sharing' && { FRAMES_PICTURE: picture }) },
    timeout: 100_000,
  });
  const { output } = await run.exited;
  const report = output.split('\n').find((line) => line.startsWith('{"by"'));
  if (!report) throw new Error(`no figures came:\n${output}`);
  console.table(JSON.parse(report));
}
console.log(`picture: ${relative(process.cwd(), picture)}`);
