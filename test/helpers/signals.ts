import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import { systemModule } from './system.ts';

/** What is done to a process, and after how many milliseconds. */
export type Due = readonly [milliseconds: number, what: 'kill' | 'suspend' | 'resume'];

const code = `
  const system = require(${JSON.stringify(systemModule)});
  const kill = (pid) => process.kill(pid, 'SIGKILL');
  require('node:worker_threads').parentPort.on('message', ({ pid, dues }) => {
    for (const [milliseconds, what] of dues) {
      setTimeout(() => ({ ...system, kill })[what](pid), milliseconds);
    }
  });
`;

/** Acts on a process later, also while this thread is blocked. Until the test is finished. */
export function laterSignals(): (pid: number, ...dues: Due[]) => void {
  const worker = new Worker(code, { eval: true });
  onTestFinished(async () => {
    await worker.terminate();
  });
  return (pid, ...dues) => worker.postMessage({ pid, dues });
}
