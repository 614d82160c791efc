import { expect, test } from 'vitest';
import { connect } from '../../lib/node/connect.ts';
import { freshName, listening, startFixture } from '../helpers/processes.ts';

/** More than the queue of a listener holds where nobody asked for a longer one. */
const many = 300;

test('all who connect while a server is busy are served when it is not', async () => {
  const name = freshName();
  await listening(startFixture('server', name, '1500'));
  const answers = Array.from({ length: many }, async (_, i) => {
    const peer = await connect(name);
    const answer = await peer.invoke('echo', i);
    peer.close();
    return answer;
  });
  const results = await Promise.allSettled(answers);
  expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
});
