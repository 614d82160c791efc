import { expectSame } from '../../harness/measure/check.ts';
import { now } from '../../harness/measure/clock.ts';
import type { NodeScenario } from '../scenario.ts';
import { increments } from './services.ts';

/** How long does a process block to ask another one for a number? */
export const call: NodeScenario = {
  id: 'node-call',
  title: 'synchronous call, small',
  unit: 'us',
  needs: ['callSync'],
  service: increments,
  caller({ connection, measure }) {
    let number = 0;
    const operation = (): number => {
      const start = now();
      const answer = connection.callSync(number);
      const time = now() - start;
      expectSame(answer, ++number);
      return time;
    };
    return measure({ operation, messages: 1 });
  },
};
