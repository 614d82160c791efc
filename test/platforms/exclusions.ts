/** A file of the process suite that cannot pass on a system, and why. */
export interface Exclusion {
  /** From test/process/. */
  readonly file: string;
  readonly reason: string;
}

/** The one list of what is left out on Windows. */
export const excludedOnWindows: readonly Exclusion[] = [
  {
    file: 'confined.test.ts',
    reason: 'a snap, in which the kernel keeps a process from some names, is a matter of Linux',
  },
  {
    file: 'descriptor-limit.test.ts',
    reason: 'no limit of handles that a test could reach: Windows has 16 million for each process',
  },
  {
    file: 'scarcity.test.ts',
    reason: 'it takes system calls, descriptors and addresses away by seccomp and ulimit',
  },
];
