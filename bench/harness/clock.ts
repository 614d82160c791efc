/**
 * One clock for all processes of a trial: monotonic since the machine started, so that two processes
 * may compare what they read. `performance.now()` is rounded to 100 us in an Electron renderer.
 */

/**
 * Microseconds. Exact to a nanosecond for the first hundred days after the machine started. In a
 * sandboxed renderer there is only the rounded clock, enough for operations of milliseconds.
 */
export const now: () => number =
  typeof process.hrtime === 'function'
    ? () => Number(process.hrtime.bigint()) / 1000
    : () => performance.now() * 1000;

/** What one reading costs, in microseconds: every sample contains about one. */
export function clockCost(readings = 20_000): number {
  const start = now();
  for (let i = 0; i < readings; i++) now();
  return (now() - start) / readings;
}
