import { describe, expect, test } from 'vitest';
import type { Peer } from '../../lib/core/peer.ts';
import { connect } from '../../lib/node/connect.ts';
import { nextMessage, thrownBy } from '../helpers/peers.ts';
import { forkFixture, listenFresh } from '../helpers/processes.ts';

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

  test('fails at once between two ends of one thread', async () => {
    const [name, server] = await listenFresh();
    server.handle('double', (_event, n) => n * 2);
    server.on('double', (event, n) => {
      event.returnValue = n * 2;
    });
    const here = await connect(name);
    const codeOf = (end: Peer | undefined) =>
      thrownBy(() => end?.sendSyncWith({ timeout: 1000 }, 'double', 1)).code;
    // The listener's end is not there yet: it takes a turn of this thread's loop.
    expect(codeOf(here)).toBe('ERR_RINGWIRE_DEADLOCK');
    expect(await here.invoke('double', 2)).toBe(4);
    const [there] = server.peers;
    expect([codeOf(here), codeOf(there)]).toEqual(Array(2).fill('ERR_RINGWIRE_DEADLOCK'));
    here.close();
  });

  test('drops an answer that comes after the deadline', async () => {
    const { peer } = await forkFixture('echo');
    await nextMessage(peer, 'ready');
    peer.send('block', 200);
    const error = thrownBy(() => peer.sendSyncWith({ timeout: 20 }, 'echo', 'late'));
    expect(error.code).toBe('ERR_RINGWIRE_TIMEOUT');
    expect(error.message).toContain("sendSync('echo') in 20 ms");
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
