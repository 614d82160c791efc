import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { installCopy } from '../../scripts/npm-ci.ts';
import { root } from '../../scripts/run.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The declarations of Electron 25; those of the newest Electron are a dependency. */
    electron25: string;
  }
}

/** Once per run: the types of an older Electron, which cannot be next to the newest ones. */
export default async function setup(project: TestProject): Promise<void> {
  const folder = join(root, 'build/electron-25');
  await installCopy(join(root, 'test/types/electron-25'), folder);
  project.provide('electron25', join(folder, 'node_modules/electron/electron.d.ts'));
}
