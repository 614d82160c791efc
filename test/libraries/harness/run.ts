import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchElectron } from '../../../scripts/electron/launch.ts';
import type { ResolvedElectron } from '../../../scripts/electron/resolve.ts';
import type { Mode } from '../../electron/harness/runner/report.ts';
import { application } from '../application.ts';
import { type Arguments, type FlowReport, reportName } from './report.ts';

/** Runs one flow in an Electron of its own. */
export async function runFlow(
  electron: ResolvedElectron,
  folder: string,
  mode: Mode,
): Promise<FlowReport> {
  const workingFolder = await mkdtemp(join(tmpdir(), 'ringwire-library-'));
  try {
    const run = await launchElectron({
      electron,
      appPath: application,
      args: [folder, mode, workingFolder] satisfies Arguments,
      env: { ELECTRON_DISABLE_SECURITY_WARNINGS: 'true' },
      switches: ['--js-flags=--expose-gc'],
      timeout: 120_000,
    });
    const { output } = await run.exited;
    const text = await readFile(join(workingFolder, reportName), 'utf8').catch(() => {
      throw new Error(`${folder} on ${mode} ended without a report, having printed:\n${output}`);
    });
    return JSON.parse(text) as FlowReport;
  } finally {
    await rm(workingFolder, { recursive: true, force: true, maxRetries: 3 });
  }
}
