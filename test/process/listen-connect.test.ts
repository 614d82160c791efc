import { describe, expect, onTestFinished, test } from 'vitest';
import type { Peer } from '../../lib/core/peer.ts';
import { connect } from '../../lib/node/connect.ts';
import { listen } from '../../lib/node/listen.ts';
import { nextMessage, rejectionOf } from '../helpers/peers.ts';
import { freshName, listenFresh, startFixture } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

const withCode = (code: string) => expect.objectContaining({ name: 'RingwireError', code });

async function connected(...args: Parameters<typeof connect>): Promise<Peer> {
  const peer = await connect(...args);
  onTestFinished(() => peer.close());
  return peer;
}

describe('a process that connects to a name', () => {
  test('talks in every way, in both directions', async () => {
    const [name, server] = await listenFresh();
    const ready = nextMessage(server, 'ready');
    const { pid } = startFixture('echo', name);
    expect(await ready).toEqual([pid]);
    const [peer] = server.peers as Set<Peer>;
    if (!peer) throw new Error('no peer');
    expect(peer.processId).toBe(pid);

    const values = [1, 'two', { three: [new Map([[{}, -0]])] }, null, undefined];
    const echoed = nextMessage(server, 'echoed');
    expect(await peer.invoke('echo', ...values)).toEqual(values);
    expect(await peer.invoke('echo-later', ...values)).toEqual(values);
    expect(peer.sendSync('echo', ...values)).toEqual(values);
    expect(await echoed).toEqual(values);

    server.on('question', (event, x) => {
      event.returnValue = x + 1;
    });
    expect(await peer.invoke('ask-back', 'question', 1)).toBe(2);
  });

  test('is one of many', async () => {
    const [name, server] = await listenFresh();
    const welcomed: number[] = [];
    server.onPeer((peer) => welcomed.push(peer.processId));
    const processes = [1, 2, 3].map(() => startFixture('echo', name));
    await until(() => server.peers.size === 3, 'all are connected');
    const answers = [...server.peers].map((peer, i) => peer.invoke('echo', i));
    expect(await Promise.all(answers)).toEqual([[0], [1], [2]]);
    expect(welcomed.toSorted()).toEqual(processes.map(({ pid }) => pid).toSorted());
    processes[1]?.kill('SIGKILL');
    await until(() => server.peers.size === 2, 'one is gone');
  });
});

describe('connect', () => {
  test('reaches a server in its own thread', async () => {
    const [name, server] = await listenFresh();
    server.handle('sum', (_, a, b) => a + b);
    const peer = await connected(name);
    expect(await peer.invoke('sum', 1, 2)).toBe(3);
    expect(peer.processId).toBe(process.pid);
  });

  test('delivers nothing before listeners can be added', async () => {
    const [name, server] = await listenFresh();
    server.onPeer((peer) => peer.send('first', 1));
    const peer = await connected(name);
    expect(await nextMessage(peer, 'first')).toEqual([1]);
  });

  test('rejects when nobody listens', async () => {
    expect(await rejectionOf(connect(freshName()))).toEqual(withCode('ERR_RINGWIRE_NO_LISTENER'));
  });

  test('needs the token of the server', async () => {
    const [name, server] = await listenFresh({ token: 'secret' });
    server.handle('x', () => 1);
    for (const options of [{ token: 'wrong' }, {}]) {
      expect(await rejectionOf(connect(name, options))).toEqual(withCode('ERR_RINGWIRE_BAD_TOKEN'));
    }
    expect(server.peers.size).toBe(0);
    expect(await (await connected(name, { token: 'secret' })).invoke('x')).toBe(1);
  });

  test('can be given up', async () => {
    const [name] = await listenFresh();
    const reason = new Error('changed my mind');
    const abortion = new AbortController();
    const attempt = connect(name, { signal: abortion.signal });
    abortion.abort(reason);
    await expect(attempt).rejects.toBe(reason);
    await expect(connect(name, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test.each([
    ['an empty name', ''],
    ['a space', 'a b'],
    ['a zero byte', 'a\0b'],
    ['a name too long', 'a'.repeat(61)],
    ['a number', 5],
  ])('refuses %s as a name', async (_, name) => {
    const invalid = withCode('ERR_RINGWIRE_INVALID_ARGUMENT');
    await expect(connect(name as string)).rejects.toEqual(invalid);
    await expect(listen(name as string)).rejects.toEqual(invalid);
  });

  test('refuses an empty token', async () => {
    await expect(connect(freshName(), { token: '' })).rejects.toEqual(
      withCode('ERR_RINGWIRE_INVALID_ARGUMENT'),
    );
  });

  test('takes the longest name', async () => {
    const name = freshName().padEnd(60, '-');
    const server = await listen(name);
    onTestFinished(() => server.close());
    server.handle('x', () => 1);
    expect(await (await connected(name)).invoke('x')).toBe(1);
  });
});

describe('listen', () => {
  test('rejects when the name is taken, and succeeds when it is free again', async () => {
    const [name, server] = await listenFresh();
    await expect(listen(name)).rejects.toEqual(withCode('ERR_RINGWIRE_ADDRESS_IN_USE'));
    server.close();
    const next = await listen(name);
    next.close();
  });

  test.each([0, 1000, 65_537, 2 ** 31, Number.NaN, '65536'])(
    'refuses %j as a capacity',
    async (capacity) => {
      await expect(listen(freshName(), { capacity: capacity as number })).rejects.toEqual(
        withCode('ERR_RINGWIRE_INVALID_ARGUMENT'),
      );
    },
  );
});

describe('a server that is closed', () => {
  test('closes its connections and is not found any more', async () => {
    const [name, server] = await listenFresh();
    const peer = await connected(name);
    await until(() => server.peers.size === 1, 'the peer is there');
    server.close();
    server.close();
    expect((await peer.closed).code).toBe('ERR_RINGWIRE_CLOSED');
    await until(() => server.peers.size === 0, 'the peer is gone');
    await expect(connect(name)).rejects.toEqual(withCode('ERR_RINGWIRE_NO_LISTENER'));
  });
});
