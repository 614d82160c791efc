import { readdirSync, readFileSync } from 'node:fs';
import { expect, onTestFinished } from 'vitest';
import type { Peer } from '../../lib/core/peer.ts';
import { connect } from '../../lib/node/connect.ts';
import type { Server } from '../../lib/node/listen.ts';
import { listenFresh } from '../helpers/processes.ts';
import { until } from '../helpers/until.ts';

/** What a connection costs this process, to be compared. */
interface Cost {
  readonly descriptors: number;
  readonly mappings: number;
}

function cost(): Cost {
  const maps = readFileSync('/proc/self/maps', 'utf8');
  return {
    descriptors: readdirSync('/proc/self/fd').length,
    mappings: maps.split('memfd:').length,
  };
}

/** A server of this process, with an honest peer that never stops talking to it. */
export interface Victim {
  readonly name: string;
  readonly server: Server;
  /** Why each other peer has ended, in the order of their ends. */
  readonly codes: readonly string[];
  /** Counts what this process has open now, for {@link hasGivenBack}. */
  count(): void;
  /** Resolves when no more is open than was counted. */
  hasGivenBack(): Promise<void>;
  /** Resolves when the honest peer has got the answer to what it asks from now on. */
  answersOthers(): Promise<void>;
}

/** Fails the test in which the honest peer does not get its answers. */
export async function startVictim(): Promise<Victim> {
  const [name, server] = await listenFresh();
  const much = () => new Uint8Array(2 * 1024 * 1024);
  server.handle('echo', (_event, ...args) => args);
  server.handle('much', much);
  server.on('much', (event) => {
    event.returnValue = much();
  });
  const honest = await connect(name);
  await until(() => server.peers.size === 1, 'the honest peer is connected');
  const codes: string[] = [];
  server.onPeer((peer) => peer.closed.then(({ code }) => codes.push(code)));
  const traffic = talk(honest);
  onTestFinished(async () => {
    expect(await traffic.stop()).toBeGreaterThan(0);
    honest.close();
  });
  let before = cost();
  return {
    name,
    server,
    codes,
    count() {
      before = cost();
    },
    async hasGivenBack() {
      await until(() => {
        const { descriptors, mappings } = cost();
        return descriptors <= before.descriptors && mappings <= before.mappings;
      }, 'descriptors and memory are given back');
    },
    answersOthers: () => traffic.answered(),
  };
}

/** Asks one question after the other. */
function talk(peer: Peer): { stop(): Promise<number>; answered(): Promise<void> } {
  let [count, stopped] = [0, false];
  const talking = (async () => {
    for (; !stopped; count++) expect(await peer.invoke('echo', count)).toEqual([count]);
  })();
  talking.catch(() => {});
  return {
    async stop() {
      stopped = true;
      await talking;
      return count;
    },
    async answered() {
      const asked = count;
      await Promise.race([talking, until(() => count > asked + 1, 'the honest peer is answered')]);
    },
  };
}
