import { EventEmitter, once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Listeners } from '../../lib/core/listeners.ts';
import type { Peer } from '../../lib/core/peer.ts';
import { connectedPeers, rejectionOf } from '../helpers/peers.ts';

/** What peers and servers share with an EventEmitter, such as Electron's `ipcMain`. */
type Both = Pick<
  Listeners<Peer>,
  | 'on'
  | 'addListener'
  | 'once'
  | 'prependListener'
  | 'prependOnceListener'
  | 'off'
  | 'removeListener'
  | 'removeAllListeners'
  | 'listenerCount'
  | 'listeners'
  | 'rawListeners'
  | 'eventNames'
>;

const first = () => {};
const second = () => {};

const steps: readonly [what: string, step: (both: Both) => unknown][] = [
  ['on', (both) => both.on('a', first).on('b', second)],
  ['addListener', (both) => both.on('a', first).addListener('a', second)],
  ['prependListener', (both) => both.on('a', first).prependListener('a', second)],
  ['once', (both) => both.once('a', first).on('a', second)],
  ['prependOnceListener', (both) => both.on('a', first).prependOnceListener('a', second)],
  ['the same twice', (both) => both.on('a', first).on('a', second).on('a', first)],
  ['off', (both) => both.on('a', first).on('a', second).on('a', first).off('a', first)],
  ['removeListener', (both) => both.on('a', first).removeListener('a', first)],
  ['removeListener of once', (both) => both.once('a', first).removeListener('a', first)],
  ['off of what is not there', (both) => both.on('a', first).off('b', first).off('a', second)],
  [
    'removeAllListeners of one',
    (both) => both.on('a', first).on('b', first).removeAllListeners('a'),
  ],
  ['removeAllListeners', (both) => both.on('a', first).on('b', first).removeAllListeners()],
];

describe('listeners are kept as in an EventEmitter', () => {
  test.each(steps)('%s', (_, step) => {
    const ours: Both = new Listeners<Peer>();
    const nodes = new EventEmitter() as unknown as Both;
    for (const both of [ours, nodes]) expect(step(both)).toBe(both);
    expect(ours.eventNames()).toEqual(nodes.eventNames());
    for (const channel of ['a', 'b', 'none']) {
      expect(ours.listeners(channel)).toEqual(nodes.listeners(channel));
      expect(ours.listenerCount(channel)).toBe(nodes.listenerCount(channel));
      const wrapped = (both: Both) =>
        both.rawListeners(channel).map((each) => (each as { listener?: unknown }).listener);
      expect(wrapped(ours)).toEqual(wrapped(nodes));
    }
  });
});

describe('events.once', () => {
  test('waits for a message', async () => {
    const { here, there } = connectedPeers();
    const message = once(there as unknown as EventEmitter, 'news');
    here.send('news', 1);
    const [event, ...args] = await message;
    expect(event.sender).toBe(there);
    expect(args).toEqual([1]);
    expect(there.eventNames()).toEqual([]);
  });

  test('can be aborted', async () => {
    const { there } = connectedPeers();
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = rejectionOf(once(there as unknown as EventEmitter, 'news', { signal }));
    controller.abort();
    expect((await waiting).name).toBe('AbortError');
    expect(there.eventNames()).toEqual([]);
  });
});
