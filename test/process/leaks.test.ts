import { expect, test } from 'vitest';
import { loadNative } from '../../lib/core/load-native.ts';
import type { Server } from '../../lib/node/listen.ts';
import { collectGarbage } from '../helpers/garbage.ts';
import { listenFresh, startFixture } from '../helpers/processes.ts';
import { holdings } from '../helpers/system.ts';
import { until } from '../helpers/until.ts';

const processes = 10;
const peersEach = 100;
/** So many fill the pools of V8 and of the C library first. */
const warmUp = 4;

/** For each peer: a hundredth of what a link has in heads and rings. */
const externalAllowance = (3 * loadNative().limits.headCapacity) / 100;
const residentAllowance = 30_000;

/** What may stay of a thousand peers, by kind. */
const allowances: Readonly<Record<string, number>> = { handles: 0, threads: 0, mappings: 100 };

/** Lets processes connect and end until so many peers have come and gone. */
async function comeAndGo(name: string, server: Server, how: string, count: number) {
  const references: WeakRef<object>[] = [];
  const known = new WeakSet<object>();
  server.onPeer((peer) => {
    if (!known.has(peer)) references.push(new WeakRef(peer));
    known.add(peer);
  });
  for (let n = 0; n < count; n++) await startFixture('many-peers', name, `${peersEach}`, how);
  expect(references).toHaveLength(count * peersEach);
  await until(() => {
    collectGarbage();
    return references.every((one) => one.deref() === undefined);
  }, 'all peers are collected');
}

test.each(['close', 'exit', 'kill'])('nothing stays of 1000 peers that end by %s', async (how) => {
  const [name, server] = await listenFresh();
  server.on('echo', (event, ...args) => event.reply('echoed', ...args));
  server.handle('echo', (_event, ...args) => args);
  server.handle('never', () => new Promise(() => {}));
  await comeAndGo(name, server, how, warmUp);
  const before = { ...process.memoryUsage(), held: holdings() };
  await comeAndGo(name, server, how, processes);
  const peers = processes * peersEach;
  // Node gives back what a link had in a later turn than it collects the peer, and pages later still.
  await until(() => {
    collectGarbage();
    const { external, rss } = process.memoryUsage();
    return (
      holdings().handles <= before.held.handles &&
      external - before.external < peers * externalAllowance &&
      rss - before.rss < peers * residentAllowance
    );
  }, 'handles are closed, and memory is given back');

  for (const [kind, count] of Object.entries(holdings())) {
    const grown = count - (before.held[kind] ?? 0);
    expect(grown, kind).toBeLessThanOrEqual(allowances[kind] ?? 0);
  }
});
