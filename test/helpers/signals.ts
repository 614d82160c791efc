import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

/** A signal, and after how many milliseconds it comes. */
export type Due = readonly [milliseconds: number, signal: NodeJS.Signals];

const code = `
  require('node:worker_threads').parentPort.on('message', ({ pid, dues }) => {
    for (const [milliseconds, signal] of dues) {
      setTimeout(() => process.kill(pid, signal), milliseconds);
    }
  });
`;

/** Sends signals to a process later, also while this thread is blocked. Until the test is finished. */
export function laterSignals(): (pid: number, ...dues: Due[]) => void {
  const worker = new Worker(code, { eval: true });
  onTestFinished(async () => {
    await worker.terminate();
  });
  return (pid, ...dues) => worker.postMessage({ pid, dues });
}
