import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** What tests need of the system, which has its own way for each of it. */
interface System {
  /** Stops a process until {@link resume}, wherever it is. */
  suspend(pid: number): void;
  resume(pid: number): void;
  /** What this process holds, by kind, as far as the system tells. */
  holdings(): Readonly<Record<string, number>> & { readonly handles: number };
  /** A handle of memory whose maker can still change which of its pages are there. */
  resizableMemory(bytes: number): number;
  /** A handle of something that is no memory. */
  noMemory(): number;
  closeHandle(handle: number): void;
}

/** For workers, which load no TypeScript. */
export const systemModule: string = fileURLToPath(
  new URL(`system/${process.platform === 'win32' ? 'windows' : 'posix'}.cjs`, import.meta.url),
);

const system = createRequire(import.meta.url)(systemModule) as System;

/** Stops a process, until {@link resume} or its end. */
export function suspend(process: { readonly pid?: number | undefined }): void {
  system.suspend(process.pid ?? 0);
}

export function resume(process: { readonly pid?: number | undefined }): void {
  system.resume(process.pid ?? 0);
}

/** @see {@link System.holdings} */
export function holdings(): ReturnType<System['holdings']> {
  return system.holdings();
}

/** Handles of what no honest peer hands over; closed when the test is finished. */
export const dishonest: { memory(bytes: number): number; nothing(): number } = {
  memory: (bytes) => untilFinished(system.resizableMemory(bytes)),
  nothing: () => untilFinished(system.noMemory()),
};

function untilFinished(handle: number): number {
  onTestFinished(() => system.closeHandle(handle));
  return handle;
}
