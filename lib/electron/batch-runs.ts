import { type BatchRun, PRIVATE_CHANNEL } from './pairing.ts';

/** The runs in what a document sent as a batch. What no ringwire writes is left out. */
export function readRuns(runs: unknown): BatchRun[] {
  return Array.isArray(runs) ? runs.filter(isRun) : [];
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
