import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadNative } from '../../lib/core/load-native.ts';
import type { Server } from '../../lib/node/listen.ts';
import { collectGarbage } from '../helpers/garbage.ts';
import { listenFresh, startFixture } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

const processes = 10;
const peersEach = 100;
/** So many fill the pools of V8 and of the C library first. */
const warmUp = 4;

/** For each peer: a hundredth of what a link has in heads and rings. */
const externalAllowance = (3 * loadNative().limits.headCapacity) / 100;
const residentAllowance = 30_000;

function holdings() {
  const { rss, external } = process.memoryUsage();
  const count = (folder: string): number => readdirSync(`/proc/self/${folder}`).length;
  const mappings = readFileSync('/proc/self/maps', 'utf8').split('\n').length;
  return { rss, external, descriptors: count('fd'), threads: count('task'), mappings };
}

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
  const before = holdings();
  await comeAndGo(name, server, how, processes);
  const peers = processes * peersEach;
  // Node gives back what a link had in a later turn than it collects the peer, and pages later still.
  await until(() => {
    collectGarbage();
    const { descriptors, external, rss } = holdings();
    return (
      descriptors <= before.descriptors &&
      external - before.external < peers * externalAllowance &&
      rss - before.rss < peers * residentAllowance
    );
  }, 'descriptors are closed, and memory is given back');

  const after = holdings();
  expect(after.threads).toBeLessThanOrEqual(before.threads);
  expect(after.mappings - before.mappings).toBeLessThan(peers / 10);
});
