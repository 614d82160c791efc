import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import type { NodeScenario } from '../scenario.ts';
import { increments } from './services.ts';

/** How long until a promise has the other end's answer, when one asks at a time? */
export const request: NodeScenario = {
  id: 'node-request',
  title: 'request and reply, one at a time',
  unit: 'us',
  needs: ['request'],
  service: increments,
  caller({ connection, measure }) {
    let number = 0;
    const operation = async (): Promise<number> => {
      const start = now();
      const answer = await connection.request(number);
      const time = now() - start;
      expectSame(answer, ++number);
      return time;
    };
    return measure({ operation, messages: 1 });
  },
};
