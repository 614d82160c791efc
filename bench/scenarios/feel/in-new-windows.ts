import { collect } from '../../harness/measure/collect.ts';
import type { Measurement } from '../../harness/trials/trial.ts';
import type { OpeningSide } from '../scenario.ts';

/** Opens one window after the other; each has measured by itself as soon as it had loaded. */
export function inNewWindows({ limits, open, close }: OpeningSide): Promise<Measurement> {
  return collect(limits, async () => {
    const window = await open();
    await close(window);
    return window.found as number[];
  });
}
