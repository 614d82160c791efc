import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Peer } from '../../lib/core/peer.ts';
import { nextMessage } from '../helpers/peers.ts';
import { fixture, listenFresh, startFixture } from '../helpers/processes.ts';
import { until, within } from '../helpers/until.ts';

async function startWorkers(count: number) {
  const [name, server] = await listenFresh();
  const workers = Array.from({ length: count }, () => {
    const worker = new Worker(fixture('worker'), { workerData: name });
    onTestFinished(async () => void (await worker.terminate()));
    return worker;
  });
  await until(() => server.peers.size === count, 'the workers are connected');
  return { server, workers, peers: [...server.peers] as Peer[] };
}

describe('a worker thread', () => {
  test('connects to its own process, and answers also when the main thread blocks', async () => {
    const { peers } = await startWorkers(3);
    expect(await Promise.all(peers.map((peer, i) => peer.invoke('square', i)))).toEqual([0, 1, 4]);
    expect(peers.map((peer) => peer.sendSync('square', 5))).toEqual([25, 25, 25]);
    expect(peers.map(({ processId }) => processId)).toEqual(peers.map(() => process.pid));
  });

  test('that ends is gone, and rejects what it was asked', async () => {
    const { peers, workers } = await startWorkers(1);
    const [peer] = peers as [Peer];
    const request = expect(peer.invoke('nothing')).rejects.toThrow();
    await workers[0]?.terminate();
    expect((await peer.closed).code).toMatch(/_(CLOSED|PEER_GONE)$/);
    await request;
  });

  test('that exits by itself is gone too', async () => {
    const { peers } = await startWorkers(2);
    const [one, other] = peers as [Peer, Peer];
    one.send('end');
    await one.closed;
    expect(await other.invoke('square', 3)).toBe(9);
  });

  test('can be started and ended many times', async () => {
    for (let i = 0; i < 10; i++) {
      const { peers, workers, server } = await startWorkers(1);
      expect(await peers[0]?.invoke('square', i)).toBe(i * i);
      await workers[0]?.terminate();
      await until(() => server.peers.size === 0, 'the worker is gone');
    }
  });

  test('hears the server that it connected to', async () => {
    const { server, peers } = await startWorkers(1);
    const answer = nextMessage(server, 'ready');
    peers[0]?.send('end');
    expect(await Promise.race([answer, peers[0]?.closed.then(() => [])])).toEqual([]);
  });

  test.each(['terminate', 'exit'])('that waits in sendSync ends by %s', async (how) => {
    const [name, server] = await listenFresh();
    // Held, or the collection of garbage would answer it.
    const waiting = new Promise((resolve) => server.on('never answered', resolve));
    server.handle('it waits', async () => void (await waiting));
    const process = startFixture('stuck-worker', name, how);
    const { stdout } = await within(Promise.resolve(process), 'the end of the process');
    expect(stdout).toBe(how === 'exit' ? '' : 'terminated');
  });
});
