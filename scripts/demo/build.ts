import { join } from 'node:path';
import { execa } from 'execa';
import { build as bundle } from 'tsdown';
import { root } from '../run.ts';

/** The addon, the package, and the application. */
export async function buildDemo(): Promise<void> {
  for (const script of ['build:native', 'build']) {
    const { failed, all } = await execa('npm', ['run', '--silent', script], {
      cwd: root,
      all: true,
      reject: false,
    });
    if (failed) throw new Error(`npm run ${script} failed:\n${all}`);
  }
  await bundle({ config: join(root, 'examples/demo/tsdown.config.ts'), logLevel: 'warn' });
}
