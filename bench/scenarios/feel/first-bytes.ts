import { expectBytes, Payload } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import { echo } from '../electron/send-sync-bytes.ts';
import type { ElectronScenario, Target } from '../scenario.ts';
import { inNewWindows } from './in-new-windows.ts';

const times = 8;

/** What do the first eight payloads of a window take, which main echoes? */
export function firstBytes(
  id: string,
  label: string,
  bytes: number,
  target: Target,
): ElectronScenario {
  return {
    id: `first-bytes-${id}`,
    title: `sendSync, ${label} echoed, the first ${times} of a window`,
    unit: 'us',
    bytes,
    target,
    windows: 0,
    main: echo(id, label, bytes).main,
    page: () => Promise.resolve(undefined),
    atLoad({ ipcRenderer }) {
      const payload = new Payload(bytes);
      return Array.from({ length: times }, () => {
        const sent = payload.next();
        const start = now();
        const answer: unknown = ipcRenderer.sendSync('echo', sent);
        const time = now() - start;
        expectBytes(answer, sent);
        return time;
      });
    },
    inMain: inNewWindows,
  };
}
