/** What main and the windows of a trial tell each other, apart from what the scenario does. */

/** Main to window: who you are. Answered on {@link preparedChannel}. */
export const prepareChannel = 'bench:prepare';
export const preparedChannel = 'bench:prepared';
/** Main to window: measure from this moment on. Answered on {@link measuredChannel}. */
export const measureChannel = 'bench:measure';
export const measuredChannel = 'bench:measured';
/** Main to window: act. Answered on {@link actedChannel}. */
export const actChannel = 'bench:act';
export const actedChannel = 'bench:acted';
/** A document to main: it has loaded, and this is what `atLoad` returned. */
export const loadedChannel = 'bench:loaded';
/** Window asks main for the CPU time that main has used. */
export const cpuChannel = 'bench:cpu';

export interface Prepare {
  readonly index: number;
  readonly webContentsIds: readonly number[];
}
