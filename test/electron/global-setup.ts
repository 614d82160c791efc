import { fileURLToPath } from 'node:url';
import { build } from 'tsdown';
import type { TestProject } from 'vitest/node';
import { SetupError } from '../../scripts/electron/errors.ts';
import {
  describeElectron,
  type ResolvedElectron,
  resolveElectron,
} from '../../scripts/electron/resolve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Null where no Electron can run, which in CI is an error instead. */
    electron: ResolvedElectron | null;
  }
}

/** Once per test run: find the Electron, and compile the application and its scenarios. */
export default async function setup(project: TestProject): Promise<void> {
  const electron = await findElectron();
  project.provide('electron', electron);
  if (electron === null) return;
  console.log(`Electron tests run on ${describeElectron(electron)}`);
  await build({
    config: fileURLToPath(new URL('./tsdown.config.ts', import.meta.url)),
    logLevel: 'warn',
  });
}

export async function findElectron(): Promise<ResolvedElectron | null> {
  try {
    return await resolveElectron();
  } catch (error) {
    if (!(error instanceof SetupError) || process.env.CI) throw error;
    console.warn(`Electron tests are not run. ${error.message}`);
    return null;
  }
}
