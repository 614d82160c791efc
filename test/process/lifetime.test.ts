import { describe, expect, onTestFinished, test } from 'vitest';
import type { Peer } from '../../lib/core/peer.ts';
import { connect } from '../../lib/node/connect.ts';
import { type Fork, fork } from '../../lib/node/fork.ts';
import { nextMessage, rejectionOf, thrownBy } from '../helpers/peers.ts';
import { exitOf, fixture, forkFixture, listenFresh } from '../helpers/processes.ts';
import { holdings, resume, suspend } from '../helpers/system.ts';
import { until, within } from '../helpers/until.ts';

type Stage = (forked: Fork) => Promise<Promise<unknown>[]> | Promise<unknown>[];
type Ending = (forked: Fork) => void;

/** What a peer may be in the middle of, each with the promises that must settle. */
const stages: Record<string, Stage> = {
  'just connected': () => [],
  'idle after messages': async ({ peer }) => {
    await peer.invoke('echo', 1);
    return [];
  },
  'with requests under way': ({ peer }) => [
    peer.invoke('echo-later', 1),
    peer.invokeWith({ timeout: 60_000 }, 'echo-later', 2),
  ],
  'blocked while messages wait for it': ({ peer }) => {
    peer.send('block', 100);
    for (let i = 0; i < 100; i++) peer.send('echo', new Uint8Array(10_000));
    return [peer.invoke('echo-later', 3)];
  },
  'flooding us': ({ peer }) => {
    peer.send('send-back', 20_000);
    return [];
  },
};

/** How it ends, and the reason that this side is told. */
const endings: Record<string, [end: Ending, reason: RegExp]> = {
  'closes the connection': [({ peer }) => peer.send('close'), /_CLOSED$/],
  exits: [({ peer }) => peer.send('exit'), /_(CLOSED|PEER_GONE)$/],
  'throws an uncaught exception': [({ peer }) => peer.send('throw'), /_(CLOSED|PEER_GONE)$/],
  'is killed by itself': [({ peer }) => peer.send('kill'), /_PEER_GONE$/],
  'is killed by us': [({ child }) => void child.kill('SIGKILL'), /_PEER_GONE$/],
  'is left by us': [({ peer }) => peer.close(), /_CLOSED$/],
};

const table = Object.entries(stages).flatMap(([stage, enter]) =>
  Object.entries(endings).map(([ending, [end, reason]]) => ({ stage, ending, enter, end, reason })),
);

describe('a peer', () => {
  test.each(table)('$stage that $ending leaves nothing behind', async ({ enter, end, reason }) => {
    const forked = await forkFixture('echo', { capacity: 65_536 });
    const { peer } = forked;
    const settled = Promise.allSettled(await enter(forked));
    end(forked);
    expect((await within(peer.closed, 'the end of the connection')).code).toMatch(reason);
    for (const result of await within(settled, 'the requests')) {
      if (result.status === 'rejected') expect(result.reason.code).toMatch(reason);
    }
    expect(thrownBy(() => peer.send('echo')).code).toMatch(reason);
    expect(thrownBy(() => peer.sendSync('echo')).code).toMatch(reason);
    expect((await rejectionOf(peer.invoke('echo'))).code).toMatch(reason);
    peer.close();
    peer.close();
    await until(() => peer.queuedBytes === 0, 'what was sent before has gone');
  });

  test.each([
    ['is killed', ({ peer }: Fork) => peer.send('kill'), /_PEER_GONE$/],
    ['exits', ({ peer }: Fork) => peer.send('exit'), /_(CLOSED|PEER_GONE)$/],
    ['closes', ({ peer }: Fork) => peer.send('close'), /_(CLOSED|PEER_GONE)$/],
  ])('that %s while sendSync waits for it ends the wait', async (_, end, code) => {
    const forked = await forkFixture('echo');
    await nextMessage(forked.peer, 'ready');
    forked.peer.send('block', 50);
    end(forked);
    expect(thrownBy(() => forked.peer.sendSync('echo')).code).toMatch(code);
    await forked.peer.closed;
  });

  test('that is stopped is not dead, however long it takes', async () => {
    const { child, peer } = await forkFixture('echo');
    await nextMessage(peer, 'ready');
    suspend(child);
    let ended = false;
    peer.closed.then(() => {
      ended = true;
    });
    const attempts = Array.from({ length: 5 }, () =>
      rejectionOf(peer.invokeWith({ timeout: 50 }, 'echo')),
    );
    const codes = (await Promise.all(attempts)).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['ERR_RINGWIRE_TIMEOUT']));
    expect(ended).toBe(false);
    resume(child);
    expect(await peer.invoke('echo', 1)).toEqual([1]);
  });

  test('that is killed while it is stopped is dead', async () => {
    const { child, peer } = await forkFixture('echo');
    await nextMessage(peer, 'ready');
    suspend(child);
    child.kill('SIGKILL');
    expect((await peer.closed).code).toBe('ERR_RINGWIRE_PEER_GONE');
  });
});

describe('a connection', () => {
  test('closed in a listener ends there, on both sides', async () => {
    const forked = await forkFixture('echo');
    let heard = 0;
    forked.peer.on('number', () => {
      heard++;
      forked.peer.close();
    });
    forked.peer.send('send-back', 1000);
    expect((await forked.peer.closed).code).toBe('ERR_RINGWIRE_CLOSED');
    forked.child.disconnect();
    expect(await exitOf(forked)).toEqual([0, null]);
    expect(heard).toBe(1);
  });

  test('keeps a process alive until unref', async () => {
    const forked = await forkFixture('echo');
    forked.child.disconnect();
    expect(await forked.peer.invoke('echo', 'alive')).toEqual(['alive']);
    forked.peer.send('unref');
    expect(await exitOf(forked)).toEqual([0, null]);
    await forked.peer.closed;
  });

  test('can be made and ended many times without leaving descriptors', async () => {
    const count = (): number => holdings().handles;
    const [name, server] = await listenFresh();
    server.handle('x', () => 1);
    const once = async (): Promise<void> => {
      const peer = await connect(name);
      expect(await peer.invoke('x')).toBe(1);
      peer.close();
      await until(() => server.peers.size === 0, 'the server noticed');
    };
    await once();
    const before = count();
    for (let i = 0; i < 50; i++) await once();
    await until(() => count() <= before, 'the descriptors are closed');
    expect(count()).toBeLessThanOrEqual(before);
  });

  test('of two ends in one thread reports a call to itself at once', async () => {
    const [name] = await listenFresh();
    const peer: Peer = await connect(name);
    onTestFinished(() => peer.close());
    expect(thrownBy(() => peer.sendSync('x')).code).toBe('ERR_RINGWIRE_DEADLOCK');
  });
});

describe('a fork', () => {
  test('whose child dies between its start and its connection rejects', async () => {
    const attempt = fork(fixture('echo'), [], { stdio: 'ignore', execArgv: ['--no-such-flag'] });
    expect((await rejectionOf(attempt)).code).toBe('ERR_RINGWIRE_CHILD_EXITED');
  });
});
