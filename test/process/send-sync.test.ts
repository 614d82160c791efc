import { describe, expect, test } from 'vitest';
import { nextMessage, thrownBy } from '../helpers/peers.ts';
import { forkFixture } from '../helpers/processes.ts';

describe('sendSync', () => {
  test('works in both directions', async () => {
    const { peer } = await forkFixture('echo');
    peer.on('question', (event, x) => {
      event.returnValue = x * 2;
    });
    expect(peer.sendSync('echo', 1)).toEqual([1]);
    expect(await peer.invoke('ask-back', 'question', 4)).toBe(8);
  });

  test('answers a thousand times in a row', async () => {
    const { peer } = await forkFixture('echo');
    for (let i = 0; i < 1000; i++) expect(peer.sendSync('echo', i)).toEqual([i]);
  });

  test('fails at once when both sides would block on each other', async () => {
    const { peer } = await forkFixture('echo');
    await nextMessage(peer, 'ready');
    peer.on('question', (event) => {
      event.returnValue = 1;
    });
    const code = peer.sendSync('ask-back-sync', 'question');
    expect(code).toBe('ERR_RINGWIRE_DEADLOCK');
    expect(await peer.invoke('ask-back', 'question')).toBe(1);
  });

  test('drops an answer that comes after the deadline', async () => {
    const { peer } = await forkFixture('echo');
    await nextMessage(peer, 'ready');
    peer.send('block', 200);
    const error = thrownBy(() => peer.sendSyncWith({ timeout: 20 }, 'echo', 'late'));
    expect(error.code).toBe('ERR_RINGWIRE_TIMEOUT');
    expect(peer.sendSync('echo', 'next')).toEqual(['next']);
  });

  test('reports a listener that throws, which ends the peer as any uncaught exception', async () => {
    const { peer } = await forkFixture('echo');
    await nextMessage(peer, 'ready');
    const error = thrownBy(() => peer.sendSync('throw'));
    expect(error.code).toBe('ERR_RINGWIRE_REMOTE');
    expect(error.cause).toMatchObject({ name: 'Error', message: 'uncaught in the child' });
    await peer.closed;
  });

  test('reports that nobody listens', async () => {
    const { peer } = await forkFixture('echo');
    expect(thrownBy(() => peer.sendSync('nothing')).code).toBe('ERR_RINGWIRE_NO_HANDLER');
  });

  test('does not keep what was assigned after the peer gave up', async () => {
    const { peer } = await forkFixture('echo');
    const error = thrownBy(() => peer.sendSyncWith({ timeout: 20 }, 'mute'));
    expect(error.code).toBe('ERR_RINGWIRE_TIMEOUT');
    expect(peer.sendSync('echo', 1)).toEqual([1]);
  });
});
