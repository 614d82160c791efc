import { describe, expect, test } from 'vitest';
import { nextMessage } from '../helpers/peers.ts';
import { forkFixture } from '../helpers/processes.ts';
import { resume, suspend } from '../helpers/system.ts';
import { until } from '../helpers/until.ts';

const withCode = (code: string) => expect.objectContaining({ name: 'RingwireError', code });
const capacity = 65_536;
const kilobyte = new Uint8Array(1024);

describe('a peer that does not read', () => {
  test('makes messages wait here, in order, and loses none', async () => {
    const { child, peer } = await forkFixture('echo', { capacity });
    await nextMessage(peer, 'ready');
    expect(peer.queuedBytes).toBe(0);
    suspend(child);
    const echoed: number[] = [];
    peer.on('echoed', (_, i) => echoed.push(i));
    for (let i = 0; i < 1000; i++) peer.send('echo', i, kilobyte);
    expect(peer.queuedBytes).toBeGreaterThan(1000 * 1024 - 2 * capacity);
    resume(child);
    await until(() => echoed.length === 1000, 'all are echoed');
    expect(echoed).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(peer.queuedBytes).toBe(0);
  });

  test('makes send and invoke throw above the queue limit, until it reads again', async () => {
    const { child, peer } = await forkFixture('echo', { capacity, queueLimit: 10_000 });
    await nextMessage(peer, 'ready');
    suspend(child);
    const full = withCode('ERR_RINGWIRE_QUEUE_FULL');
    let taken = 0;
    expect(() => {
      for (; taken < 1000; taken++) peer.send('echo', taken, kilobyte);
    }).toThrow(full);
    expect(taken).toBeGreaterThan(capacity / 1024 / 2);
    await expect(peer.invoke('echo', kilobyte)).rejects.toEqual(full);
    expect(peer.queuedBytes).toBeLessThanOrEqual(10_000);
    const echoed: number[] = [];
    peer.on('echoed', (_, i) => echoed.push(i));
    resume(child);
    await until(() => echoed.length === taken, 'what was taken is echoed');
    expect(echoed).toEqual(Array.from({ length: taken }, (_, i) => i));
    expect(await peer.invoke('echo', 1)).toEqual([1]);
  });

  test('is slow, not dead: what it was asked is answered when it goes on', async () => {
    const { child, peer } = await forkFixture('echo');
    await nextMessage(peer, 'ready');
    suspend(child);
    const answer = peer.invoke('echo', 'patience');
    const timeout = peer.invokeWith({ timeout: 20 }, 'echo', 'haste');
    await expect(timeout).rejects.toEqual(withCode('ERR_RINGWIRE_TIMEOUT'));
    expect(() => peer.sendSyncWith({ timeout: 20 }, 'echo')).toThrow(
      withCode('ERR_RINGWIRE_TIMEOUT'),
    );
    resume(child);
    expect(await answer).toEqual(['patience']);
    expect(peer.sendSync('echo', 'again')).toEqual(['again']);
  });

  test('while paused leaves its messages with the sender', async () => {
    const { peer } = await forkFixture('echo', { capacity });
    await nextMessage(peer, 'ready');
    const numbers: number[] = [];
    peer.on('number', (_, i) => numbers.push(i));
    peer.pause();
    peer.send('send-back', 100);
    expect(peer.sendSync('echo', 1)).toEqual([1]);
    await new Promise(setImmediate);
    expect(numbers).toEqual([]);
    peer.resume();
    await until(() => numbers.length === 100, 'all are delivered');
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });
});
