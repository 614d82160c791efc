import { type BatchRun, PRIVATE_CHANNEL } from '../protocol.ts';
import { mostMessages, mostValues } from './batch-buffer.ts';

/** The values of the message at this index of a run. */
export function messageOf([, count, values]: BatchRun, index: number): unknown[] {
  const each = values.length / count;
  return values.slice(index * each, (index + 1) * each);
}

/**
 * The runs in a batch of a document. Leaves out what no ringwire writes, and calls in a batch that
 * cannot be answered: their answers would wait for ever.
 */
export function readRuns(runs: unknown, answerable: boolean): BatchRun[] {
  // A few bytes may describe a list of 2^32-1 holes.
  if (!Array.isArray(runs) || runs.length > mostMessages) return [];
  // They may also name one run many times. So the limits are those of the whole batch.
  let [messages, values] = [mostMessages, mostValues];
  return runs.filter(isRun).filter((run) => {
    messages -= run[1];
    values -= run[2].length;
    return messages >= 0 && values >= 0 && (answerable || run[3].length === 0);
  });
}

function isRun(run: unknown): run is BatchRun {
  if (!Array.isArray(run)) return false;
  const [channel, count, values, ids] = run as unknown[];
  return (
    typeof channel === 'string' &&
    channel !== PRIVATE_CHANNEL &&
    isCount(count) &&
    Array.isArray(values) &&
    values.length <= mostValues &&
    values.length % count === 0 &&
    Array.isArray(ids) &&
    (ids.length === 0 || ids.length === count)
  );
}

function isCount(count: unknown): count is number {
  return Number.isInteger(count) && (count as number) > 0 && (count as number) <= mostMessages;
}
