import { KiB, MiB } from '../../harness/bytes.ts';
import { expectBytes, Payload } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import { thereAndBack } from '../../parts/least-time.ts';
import { echoed } from '../../parts/parts.ts';
import type { ElectronScenario, Target } from '../scenario.ts';

/** How long does a window block to have bytes echoed by main? */
export function echo(id: string, label: string, bytes: number, target?: Target): ElectronScenario {
  return {
    id,
    title: `sendSync, ${label} echoed`,
    unit: 'us',
    bytes,
    ...(target && { target }),
    floor: thereAndBack(bytes),
    recipe: echoed('bytes', 'sync'),
    windows: 1,
    main({ ipcMain }) {
      ipcMain.on('echo', (event, value: Uint8Array) => {
        event.returnValue = value;
      });
    },
    page({ ipcRenderer, measure }) {
      const payload = new Payload(bytes);
      const operation = (): number => {
        const sent = payload.next();
        const start = now();
        const answer: unknown = ipcRenderer.sendSync('echo', sent);
        const time = now() - start;
        expectBytes(answer, sent);
        return time;
      };
      return measure({ operation, messages: 1 });
    },
  };
}

export const sendSync64K: ElectronScenario = echo('send-sync-64k', '64 KB', 64 * KiB, { p50: 10 });
export const sendSync1M: ElectronScenario = echo('send-sync-1m', '1 MB', MiB, { p50: 10 });
export const sendSync16M: ElectronScenario = echo('send-sync-16m', '16 MB', 16 * MiB, { p50: 6 });
