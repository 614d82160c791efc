import { expect, test } from 'vitest';
import { RingwireError } from '../../lib/core/errors.ts';
import { loadNative } from '../../lib/core/load-native.ts';
import type { Peer } from '../../lib/core/peer.ts';
import { connect } from '../../lib/node/connect.ts';
import { fork } from '../../lib/node/fork.ts';
import { listen } from '../../lib/node/listen.ts';
import { collectGarbage } from '../helpers/garbage.ts';
import { rejectionOf } from '../helpers/peers.ts';
import { exitOf, fixture, freshName, listenFresh, startFixture } from '../helpers/processes.ts';
import { holdings } from '../helpers/system.ts';
import { until, within } from '../helpers/until.ts';

/** What one peer costs at least: its link has three heads. */
const headBytes = 3 * loadNative().limits.headCapacity;
const rounds = 4;

/** Collects garbage, turn by turn, until `done`. */
function collectUntil(done: () => boolean, what: string): Promise<void> {
  return until(() => {
    collectGarbage();
    return done();
  }, what);
}

function isGone(reference: WeakRef<object>): boolean {
  return reference.deref() === undefined;
}

/** Whether nothing is left of what `once` makes and returns, however often it is done. */
async function expectNothingLeft(once: () => Promise<WeakRef<object>[]>): Promise<void> {
  const first = await once();
  await collectUntil(() => first.every(isGone), 'the first are collected');
  const before = process.memoryUsage();
  const { handles } = holdings();
  const references: WeakRef<object>[] = [];
  for (let n = 0; n < rounds; n++) references.push(...(await once()));
  await collectUntil(() => references.every(isGone), 'all are collected');
  await collectUntil(() => {
    const { external, arrayBuffers } = process.memoryUsage();
    const left = Math.max(external - before.external, arrayBuffers - before.arrayBuffers);
    return left < headBytes;
  }, 'their memory is given back');
  await until(() => holdings().handles <= handles, 'handles are closed');
}

/** Leaves a peer in the middle of things. */
async function use(peer: Peer): Promise<void> {
  peer.on('echoed', () => {});
  peer.handle('mine', () => peer);
  await peer.invoke('echo', new Uint8Array(100_000));
  peer.sendSync('echo', new Uint8Array(100_000));
  peer.invoke('echo-later').catch(() => {});
}

const endings: [how: string, end: (peer: Peer) => void][] = [
  ['is closed here', (peer) => peer.close()],
  ['is closed there', (peer) => peer.send('close')],
  ['exits', (peer) => peer.send('exit')],
  ['is killed', (peer) => peer.send('kill')],
];

test.each(endings)('nothing stays of a child that %s', async (_, end) => {
  await expectNothingLeft(async () => {
    const forked = await fork(fixture('echo'), [], { stdio: 'ignore' });
    const { child, peer } = forked;
    await use(peer);
    end(peer);
    expect(await within(peer.closed, 'the end')).toBeInstanceOf(RingwireError);
    child.kill('SIGKILL');
    await exitOf(forked);
    return [new WeakRef(peer)];
  });
});

test.each(endings)('nothing stays of a peer of a server that %s', async (_, end) => {
  const [name, server] = await listenFresh();
  await expectNothingLeft(async () => {
    const child = startFixture('echo', name);
    await until(() => server.peers.size === 1, 'the peer has connected');
    const [peer] = [...server.peers] as [Peer];
    await use(peer);
    end(peer);
    await within(peer.closed, 'the end');
    child.kill('SIGKILL');
    await child;
    return [new WeakRef(peer)];
  });
});

test.each([
  ['the one that connected', (here: Peer) => here],
  ['the other', (_: Peer, there: Peer) => there],
])('nothing stays of two peers of one thread when %s closes', async (_, first) => {
  await expectNothingLeft(async () => {
    const name = freshName();
    const server = await listen(name);
    const welcome = new Promise<Peer>((resolve) => server.onPeer(resolve));
    const here = await connect(name);
    const there = await welcome;
    there.handle('echo', (_event, ...args) => args);
    await here.invoke('echo', 1);
    first(here, there).close();
    await Promise.all([here.closed, there.closed]);
    server.close();
    return [here, there, server].map((each) => new WeakRef(each));
  });
});

test('nothing stays of an attempt to connect that is refused, or given up', async () => {
  const [name] = await listenFresh({ token: 'right' });
  await expectNothingLeft(async () => {
    const controller = new AbortController();
    const refused = { token: 'wrong', timeout: 60_000 };
    const givenUp = { token: 'wrong', signal: controller.signal };
    const refusal = rejectionOf(connect(name, refused));
    const attempt = rejectionOf(connect(name, givenUp));
    controller.abort();
    expect((await refusal).code).toBe('ERR_RINGWIRE_BAD_TOKEN');
    await attempt;
    return [new WeakRef(refused), new WeakRef(givenUp)];
  });
});
