import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import type { NodeScenario, Service } from '../scenario.ts';

const burst = 20_000;

/** Counts what comes in order; asked, tells how much that was and begins anew. */
function counts(): Service {
  let inOrder = 0;
  return {
    receive(value) {
      if (value === inOrder) inOrder++;
    },
    answer() {
      const counted = inOrder;
      inOrder = 0;
      return counted;
    },
  };
}

/** What does a one-way message cost, from the first until the other end says it had the last? */
export const oneWay: NodeScenario = {
  id: 'node-one-way',
  title: 'one way, burst of 20 000, per message',
  unit: 'us',
  needs: ['post', 'request'],
  service: counts,
  caller({ connection, measure }) {
    return measure({
      messages: burst,
      operation: async () => {
        const start = now();
        for (let number = 0; number < burst; number++) connection.post(number);
        const counted = await connection.request('counted');
        const time = (now() - start) / burst;
        expectSame(counted, burst);
        return time;
      },
    });
  },
};
