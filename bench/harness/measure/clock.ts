/**
 * One clock for all processes of a trial: it counts since the machine started, so two processes can
 * compare their readings. (`performance.now()` is rounded to 100 us in an Electron renderer.)
 */

/**
 * Microseconds, exact to a nanosecond for a hundred days after the machine started. A sandboxed
 * renderer has only the rounded clock: measure milliseconds there.
 */
export const now: () => number =
  typeof process.hrtime === 'function'
    ? () => Number(process.hrtime.bigint()) / 1000
    : () => performance.now() * 1000;

/** Microseconds that one reading takes. Every sample contains about one. */
export function clockCost(readings = 20_000): number {
  const start = now();
  for (let i = 0; i < readings; i++) now();
  return (now() - start) / readings;
}
