import { expectBytes, Payload } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import type { NodeScenario } from '../scenario.ts';
import { echoes } from './services.ts';

/** How long until a promise has bytes back from the other end? */
function echo(id: string, label: string, bytes: number): NodeScenario {
  return {
    id,
    title: `${label} echoed, one at a time`,
    unit: 'us',
    needs: ['request'],
    bytes,
    service: echoes,
    caller({ connection, measure }) {
      const payload = new Payload(bytes);
      const operation = async (): Promise<number> => {
        const sent = payload.next();
        const start = now();
        const answer = await connection.request(sent);
        const time = now() - start;
        expectBytes(answer, sent);
        return time;
      };
      return measure({ operation, messages: 1 });
    },
  };
}

export const echo64K: NodeScenario = echo('node-64k', '64 KB', 64 * 1024);
export const echo1M: NodeScenario = echo('node-1m', '1 MB', 1024 * 1024);
