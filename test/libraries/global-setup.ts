import type { TestProject } from 'vitest/node';
import { describeElectron } from '../../scripts/electron/resolve.ts';
import { findElectron } from '../electron/global-setup.ts';
import { prepareApplication } from './application.ts';

/** Once per test run: find the Electron, install the libraries, compile the flows. */
export default async function setup(project: TestProject): Promise<void> {
  const electron = await findElectron();
  project.provide('electron', electron);
  if (electron === null) return;
  console.log(`The libraries' flows run on ${describeElectron(electron)}`);
  await prepareApplication();
}
