import { setImmediate, setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Peer } from '../../lib/core/peer.ts';
import { connect } from '../../lib/node/connect.ts';
import { forkFixture, freshName, startFixture } from '../helpers/processes.ts';
import { laterSignals } from '../helpers/signals.ts';
import { within } from '../helpers/until.ts';

interface Partner {
  readonly peer: Peer;
  readonly pid: number;
}

/** Starts a process that talks all the time. */
const partners: Record<string, () => Promise<Partner>> = {
  'that connected to this one': async () => {
    const { peer, child } = await forkFixture('talker');
    return { peer, pid: child.pid ?? 0 };
  },
  'to which this one connected': async () => {
    const name = freshName();
    const { pid = 0 } = startFixture('talker', name);
    const peer = await connectSoon(name);
    onTestFinished(() => peer.close());
    return { peer, pid };
  },
};

/** Nothing tells when a process listens. */
async function connectSoon(name: string): Promise<Peer> {
  for (;;) {
    try {
      return await connect(name);
    } catch (error) {
      if (codeOf(error) !== 'ERR_RINGWIRE_NO_LISTENER') throw error;
      await setTimeout(1);
    }
  }
}

const step = fc.constantFrom('send', 'send much', 'invoke', 'sendSync', 'yield', 'be busy');
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** This side of the traffic: it goes round and round its steps. */
class Talk {
  said = 0;
  heard = 0;
  /** What came in place of the next number. */
  gap: number | undefined;
  /** How each request ended: 'answered', or the code of its error. */
  readonly requests: Promise<string>[] = [];
  /** The same for calls. */
  readonly calls = new Set<string>();
  ended = false;
  readonly #peer: Peer;

  constructor(peer: Peer) {
    this.#peer = peer;
    peer.closed.then(() => {
      this.ended = true;
    });
    peer.on('number', (_, number) => {
      if (number !== this.heard++) this.gap ??= number as number;
    });
    peer.handle('echo', (_, ...args) => args);
    peer.on('echo', (event, ...args) => {
      event.returnValue = args;
    });
  }

  async goRound(steps: readonly Step[], timeout?: number): Promise<void> {
    try {
      for (const each of steps) await this.#take(each, timeout);
    } catch (error) {
      // Every call after the end says why it has ended, before `closed` does.
      this.calls.add(codeOf(error));
    }
    await setImmediate();
  }

  async #take(each: Step, timeout: number | undefined): Promise<void> {
    switch (each) {
      case 'send':
        return this.#peer.send('number', this.said++);
      case 'send much':
        return this.#peer.send('number', this.said++, new Uint8Array(100_000));
      case 'invoke':
        this.requests.push(this.#peer.invoke('echo').then(() => 'answered', codeOf));
        return;
      case 'sendSync':
        return this.#call(timeout);
      case 'yield':
        return setImmediate();
      case 'be busy':
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }

  #call(timeout: number | undefined): void {
    try {
      this.#peer.sendSyncWith(timeout === undefined ? {} : { timeout }, 'echo');
      this.calls.add('answered');
    } catch (error) {
      this.calls.add(codeOf(error));
    }
  }
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code);
}

const steps = fc.array(step, { minLength: 1, maxLength: 12 });
const milliseconds = fc.integer({ min: 0, max: 25 });
/** What happens depends on time: there is nothing to shrink. */
const rounds = { numRuns: 10, endOnFailure: true };

describe.each(Object.entries(partners))('a process %s', (_, start) => {
  test('is killed at any time: all that waits is told, and the next one works', async () => {
    const send = laterSignals();
    const killed = async (script: Step[], delay: number): Promise<void> => {
      const { peer, pid } = await start();
      const talk = new Talk(peer);
      expect(await peer.invoke('echo', delay)).toEqual([delay]);
      send(pid, [delay, 'kill']);
      while (!talk.ended) await talk.goRound(script);
      talk.requests.push(peer.invoke('echo').then(() => 'answered', codeOf));
      expect((await peer.closed).code).toBe('ERR_RINGWIRE_PEER_GONE');
      const requests = await within(Promise.all(talk.requests), 'the requests');
      const known = ['answered', 'ERR_RINGWIRE_PEER_GONE'];
      expect(requests.filter((end) => !known.includes(end))).toEqual([]);
      known.push('ERR_RINGWIRE_DEADLOCK');
      expect([...talk.calls].filter((end) => !known.includes(end))).toEqual([]);
      expect(talk.gap).toBeUndefined();
    };
    await fc.assert(fc.asyncProperty(steps, milliseconds, killed), rounds);
  });

  test('is stopped at any time: it is waited for, and nothing is lost', async () => {
    const send = laterSignals();
    const { peer, pid } = await start();
    const talk = new Talk(peer);
    const ends = new Set<string>();
    const stopped = async (
      script: Step[],
      delay: number,
      pause: number,
      timeout?: number,
    ): Promise<void> => {
      send(pid, [delay, 'suspend'], [delay + pause, 'resume']);
      const end = performance.now() + delay + pause;
      while (performance.now() < end) await talk.goRound(script, timeout);
      for (const each of await Promise.all(talk.requests.splice(0))) ends.add(each);
    };
    const deadline = fc.option(fc.constant(3), { nil: undefined });
    await fc.assert(fc.asyncProperty(steps, milliseconds, milliseconds, deadline, stopped), {
      ...rounds,
      numRuns: 40,
    });
    const { said, heard } = await within(
      peer.invoke<{ said: number; heard: number }>('stop'),
      'the last answer',
    );
    expect(talk.ended).toBe(false);
    expect([...ends]).toEqual(['answered']);
    const known = ['answered', 'ERR_RINGWIRE_DEADLOCK', 'ERR_RINGWIRE_TIMEOUT'];
    expect([...talk.calls].filter((end) => !known.includes(end))).toEqual([]);
    expect(talk.calls).toContain('ERR_RINGWIRE_TIMEOUT');
    expect(talk.gap).toBeUndefined();
    expect({ said: talk.heard, heard: talk.said }).toEqual({ said, heard });
  });
});
