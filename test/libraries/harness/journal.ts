/** What pages and preloads write with; flows have it as `#journal`. */

import { observationMark } from '../../electron/harness/kit.ts';
import { createJournal, type Journal } from '../../electron/harness/values/journal.ts';

/**
 * Runs a page's part of a flow when main says so: after the document has loaded, once. Writes
 * `end` behind its lines, or how it failed.
 */
export function onGo(actor: string, run: (journal: Journal) => unknown): void {
  const journal = pageJournal(actor);
  window.addEventListener('go', async () => {
    try {
      await run(journal);
      journal.log('end');
    } catch (error) {
      journal.log('failed', error, error instanceof Error ? error.stack : undefined);
    }
  });
}

/** A journal whose lines reach main by the console, which is not what is tested. */
export function pageJournal(actor: string): Journal {
  return createJournal(actor, (name, line) =>
    console.debug(observationMark + JSON.stringify([name, line])),
  );
}
