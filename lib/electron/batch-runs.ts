import { type BatchRun, PRIVATE_CHANNEL } from './pairing.ts';

/**
 * The runs in what a document sent as a batch. What no ringwire writes is left out, calls in a batch
 * that cannot be answered too: their answers would wait for ever.
 */
export function readRuns(runs: unknown, answerable: boolean): BatchRun[] {
  if (!Array.isArray(runs)) return [];
  return runs.filter(isRun).filter(([, , ids]) => answerable || ids.length === 0);
}

function isRun(run: unknown): run is BatchRun {
  if (!Array.isArray(run)) return false;
  const [channel, messages, ids] = run as unknown[];
  return (
    typeof channel === 'string' &&
    channel !== PRIVATE_CHANNEL &&
    Array.isArray(messages) &&
    messages.every(Array.isArray) &&
    Array.isArray(ids) &&
    (ids.length === 0 || ids.length === messages.length)
  );
}
