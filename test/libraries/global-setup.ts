import type { TestProject } from 'vitest/node';
import { describeElectron, resolveElectron } from '../../scripts/electron/resolve.ts';
import { prepareApplication } from './application.ts';

/** Once per test run: find the Electron, install the libraries, compile the flows. */
export default async function setup(project: TestProject): Promise<void> {
  const electron = await resolveElectron();
  project.provide('electron', electron);
  console.log(`The libraries' flows run on ${describeElectron(electron)}`);
  await prepareApplication();
}
