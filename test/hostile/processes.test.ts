import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { addressOf } from '../../lib/node/address.ts';
import { connect } from '../../lib/node/connect.ts';
import { rejectionOf } from '../helpers/peers.ts';
import { freshName, listenFresh, startFixture } from '../helpers/processes.ts';
import { until, within } from '../helpers/until.ts';
import { mayChangeUser, nobody, startHostile } from './peers.ts';

const seconds = 1000;

/** Bytes of physical memory of this process. */
function resident(): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}

/** The longest time that the event loop was away from its timers until `over` resolves. */
async function longestAbsence(over: Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  await over;
  clearInterval(timer);
  return Math.max(longest, performance.now() - last);
}

describe('a descriptor whose close() waits', () => {
  const linger = 20;

  test.each(['with-garbage', 'with-wrong-token', 'with-part'])(
    'does not hold up who it is handed to: %s',
    async (where) => {
      const [name, server] = await listenFresh({ token: 'known' });
      const talk = async () => {
        await startHostile(where, addressOf(name), linger);
        const peer = await connect(name, { token: 'known' });
        for (let i = 0; i < 50; i++) await new Promise((resolve) => setTimeout(resolve, 5));
        peer.close();
        server.close();
      };
      expect(await longestAbsence(talk())).toBeLessThan((linger * seconds) / 2);
    },
  );

  test('does not hold up who reads of more than anybody may hand over', async () => {
    const [name, server] = await listenFresh();
    const code = new Promise<string>((resolve) => {
      server.onPeer((peer) => peer.closed.then((reason) => resolve(reason.code)));
    });
    const meet = async () => {
      await startHostile('with-many', addressOf(name), linger);
      expect(await within(code, 'the end')).toBe('ERR_RINGWIRE_CORRUPT');
    };
    expect(await longestAbsence(meet())).toBeLessThan((linger * seconds) / 2);
  });
});

test('a body of 4 GB that is announced and does not come takes no memory', async () => {
  const [name, server] = await listenFresh();
  const before = resident();
  const announced = 4_000_000_000;
  await startHostile('announce', addressOf(name), announced);
  await until(() => server.peers.size === 1, 'it is connected');
  const [peer] = server.peers;
  expect(
    await rejectionOf(peer?.invokeWith({ timeout: 100 }, 'nothing') as Promise<unknown>),
  ).toMatchObject({ code: 'ERR_RINGWIRE_TIMEOUT' });
  expect(resident() - before).toBeLessThan(announced / 8);
});

describe('while processes flood a listener', () => {
  const floods = ['flood', 'flood-with-hello'];

  test.each(floods)('honest ones connect: %s', async (what) => {
    const name = freshName();
    const listening = startFixture('server', name);
    await until(
      () => readFileSync('/proc/net/unix', 'utf8').includes(addressOf(name)),
      'it listens',
    );
    const [one, two] = [startHostile(what, addressOf(name)), startHostile(what, addressOf(name))];
    await Promise.all([one, two]);
    if (mayChangeUser) await startHostile(what, addressOf(name), 0, { uid: nobody });
    for (let i = 0; i < 40; i++) {
      const peer = await within(connect(name), `connection ${i}`);
      expect(await within(peer.invoke('echo', i), `answer ${i}`)).toEqual([i]);
      peer.close();
    }
    listening.kill('SIGKILL');
  });
});

describe('a listener whose queue is full', () => {
  test('is waited for', async () => {
    const name = freshName();
    const dam = await startHostile('dam', addressOf(name));
    const connecting = rejectionOf(connect(name));
    await new Promise((resolve) => setImmediate(resolve));
    dam.stdin?.end();
    // The dam has answered: that is its verdict.
    expect((await within(connecting, 'the verdict')).code).toBe('ERR_RINGWIRE_BAD_TOKEN');
  });

  test('is waited for until the deadline, or the signal', async () => {
    const name = freshName();
    await startHostile('dam', addressOf(name));
    expect(await rejectionOf(connect(name, { timeout: 20 }))).toMatchObject({
      code: 'ERR_RINGWIRE_TIMEOUT',
    });
    const reason = new Error('enough');
    const controller = new AbortController();
    const connecting = rejectionOf(connect(name, { signal: controller.signal }));
    controller.abort(reason);
    expect(await connecting).toBe(reason);
  });
});
