import { fileURLToPath } from 'node:url';
import { build } from 'tsdown';
import type { TestProject } from 'vitest/node';
import {
  describeElectron,
  type ResolvedElectron,
  resolveElectron,
} from '../../scripts/electron/resolve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    electron: ResolvedElectron;
  }
}

/** Once per test run: find the Electron, and compile the application and its scenarios. */
export default async function setup(project: TestProject): Promise<void> {
  const electron = await resolveElectron();
  project.provide('electron', electron);
  console.log(`Electron tests run on ${describeElectron(electron)}`);
  await build({
    config: fileURLToPath(new URL('./tsdown.config.ts', import.meta.url)),
    logLevel: 'warn',
  });
}
