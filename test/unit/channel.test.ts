import { describe, expect, test, vi } from 'vitest';
import { RingwireError } from '../../lib/core/errors.ts';
import { Listeners } from '../../lib/core/listeners.ts';
import type { Peer, PeerEvent } from '../../lib/core/peer.ts';
import { connectedPeers, nextMessage, thrownBy } from '../helpers/peers.ts';

const withCode = (code: string) => expect.objectContaining({ name: 'RingwireError', code });

describe('send', () => {
  test('reaches every listener of the channel, in the order they were added', async () => {
    const { here, there } = connectedPeers();
    const calls: unknown[] = [];
    there.on('a', (_, x) => calls.push(['first', x]));
    there.on('a', (_, x) => calls.push(['second', x]));
    there.on('b', (_, x) => calls.push(['other', x]));
    const end = nextMessage(there, 'end');
    here.send('a', 1);
    here.send('b', { deep: [2] });
    here.send('end', 'x', null, undefined);
    expect(await end).toEqual(['x', null, undefined]);
    expect(calls).toEqual([
      ['first', 1],
      ['second', 1],
      ['other', { deep: [2] }],
    ]);
  });

  test('clones the arguments at once', async () => {
    const { here, there } = connectedPeers();
    const value = { n: 1 };
    const message = nextMessage(there, 'a');
    here.send('a', value);
    value.n = 2;
    expect(await message).toEqual([{ n: 1 }]);
  });

  test('without a listener is lost', async () => {
    const { here, there } = connectedPeers();
    here.send('nobody', 1);
    const end = nextMessage(there, 'end');
    here.send('end');
    expect(await end).toEqual([]);
  });

  test('gives the event its sender, and a reply goes back', async () => {
    const { here, there } = connectedPeers();
    const events: PeerEvent[] = [];
    there.on('ask', (event, x) => {
      events.push(event);
      event.reply('answer', x + 1);
      event.returnValue = 'nobody waits for this';
    });
    const answer = nextMessage(here, 'answer');
    here.send('ask', 1);
    expect(await answer).toEqual([2]);
    expect(events[0]?.sender).toBe(there);
    expect(events[0]?.returnValue).toBeUndefined();
  });

  test('has no special channels', async () => {
    const { here, there } = connectedPeers();
    for (const channel of ['error', 'newListener', '__proto__', 'constructor', '', ' ']) {
      const message = nextMessage(there, channel);
      here.send(channel, channel);
      expect(await message).toEqual([channel]);
    }
    here.send('error', new Error('without a listener'));
  });

  test('throws for a value that cannot be cloned, and the next message is unaffected', async () => {
    const { here, there } = connectedPeers();
    const next = nextMessage(there, 'a');
    expect(() => here.send('a', () => {})).toThrow(withCode('ERR_RINGWIRE_UNCLONABLE'));
    here.send('a', 1);
    expect(await next).toEqual([1]);
  });

  test('throws above the queue limit, and answers pass nevertheless', async () => {
    const { here, there } = connectedPeers({ queueLimit: 0 });
    here.send('a', 1);
    expect(() => here.send('a', 2)).toThrow(withCode('ERR_RINGWIRE_QUEUE_FULL'));
    expect(here.queuedBytes).toBeGreaterThan(0);
    there.queueLimit = Number.POSITIVE_INFINITY;
    here.handle('sum', (_, a, b) => a + b);
    there.send('filler');
    expect(await there.invoke('sum', 1, 2)).toBe(3);
  });
});

describe('a listener', () => {
  test('once is called once', async () => {
    const { here, there } = connectedPeers();
    const listener = vi.fn();
    there.once('a', listener);
    const end = nextMessage(there, 'end');
    for (const channel of ['a', 'a', 'end']) here.send(channel);
    await end;
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test('that is removed is not called, nor is one registered by once', async () => {
    const { here, there } = connectedPeers();
    const listener = vi.fn();
    there.on('a', listener).once('a', listener).off('a', listener).off('a', listener);
    there.off('a', listener).off('b', listener);
    expect(there.listenerCount('a')).toBe(0);
    const end = nextMessage(there, 'end');
    here.send('a');
    here.send('end');
    await end;
    expect(listener).not.toHaveBeenCalled();
  });

  test('removed by another one is still called for the message under way', async () => {
    const { here, there } = connectedPeers();
    const second = vi.fn();
    there.on('a', () => there.removeAllListeners('a'));
    there.on('a', second);
    const end = nextMessage(there, 'end');
    for (const channel of ['a', 'a', 'end']) here.send(channel);
    await end;
    expect(second).toHaveBeenCalledTimes(1);
  });

  test('goes with removeAllListeners, and handlers stay', async () => {
    const { here, there } = connectedPeers();
    there.on('a', () => {}).on('b', () => {});
    there.handle('c', () => 'still here');
    there.removeAllListeners();
    expect([there.listenerCount('a'), there.listenerCount('b')]).toEqual([0, 0]);
    expect(await here.invoke('c')).toBe('still here');
  });

  test('of a shared scope hears after those of the peer', async () => {
    const shared = new Listeners<Peer>();
    const { here, there } = connectedPeers({}, [shared]);
    const calls: string[] = [];
    shared.on('a', (event) => calls.push(event.sender === there ? 'shared' : 'wrong'));
    there.on('a', () => calls.push('own'));
    shared.handle('h', () => 'shared');
    expect(await here.invoke('h')).toBe('shared');
    there.handle('h', () => 'own');
    expect(await here.invoke('h')).toBe('own');
    here.send('a');
    await here.invoke('h');
    expect(calls).toEqual(['own', 'shared']);
  });

  test('that throws becomes an uncaught exception, and the next message is unaffected', async () => {
    const { here, there } = connectedPeers();
    const skipped = vi.fn();
    const thrown = new Error('from a listener');
    const caught = new Promise((resolve) => {
      process.setUncaughtExceptionCaptureCallback(resolve);
    });
    there.on('a', () => {
      throw thrown;
    });
    there.on('a', skipped);
    const next = nextMessage(there, 'b');
    here.send('a');
    here.send('b', 2);
    expect(await caught).toBe(thrown);
    process.setUncaughtExceptionCaptureCallback(null);
    expect(await next).toEqual([2]);
    expect(skipped).not.toHaveBeenCalled();
  });
});

describe('an argument of the wrong kind', () => {
  const { here } = connectedPeers();
  const invalid = withCode('ERR_RINGWIRE_INVALID_ARGUMENT');
  const wrong = 5 as unknown as string;

  test.each([
    ['send', () => here.send(wrong)],
    ['sendSync', () => here.sendSync(wrong)],
    ['on', () => here.on(wrong, () => {})],
    ['on, a listener', () => here.on('a', undefined as never)],
    ['once, a listener', () => here.once('a', 'x' as never)],
    [
      'queueLimit',
      () => {
        here.queueLimit = -1;
      },
    ],
    ['handle, a channel', () => here.handle(undefined as never, () => {})],
    ['handle, a handler', () => here.handle('x', null as never)],
    ['sendSyncWith, a timeout of 0', () => here.sendSyncWith({ timeout: 0 }, 'x')],
    [
      'sendSyncWith, a timeout that is no number',
      () => here.sendSyncWith({ timeout: '1' as never }, 'x'),
    ],
  ])('is refused by %s', (_, run) => {
    expect(run).toThrow(invalid);
  });

  test('rejects the promise of invoke and never throws', async () => {
    await expect(here.invoke(wrong)).rejects.toEqual(invalid);
    await expect(here.invokeWith({ timeout: Number.NaN }, 'x')).rejects.toEqual(invalid);
  });

  test('names what was expected and what came', () => {
    expect(thrownBy(() => here.send(wrong)).message).toContain(
      'the channel must be a string and is of type number',
    );
  });
});

describe('an error made by this package', () => {
  test('is a RingwireError', () => {
    const { here } = connectedPeers();
    here.close();
    expect(thrownBy(() => here.send('a'))).toBeInstanceOf(RingwireError);
  });
});

describe('the arguments of a message', () => {
  const most = 16_384;

  test('may be as many as listeners can be called with', async () => {
    const { here, there } = connectedPeers();
    there.on('reads', (event, ...args) => {
      event.returnValue = args.length;
    });
    there.once('once', (_event, ...args) => there.send('got', args.length));
    const got = nextMessage(here, 'got');
    here.send('once', ...new Array(most).fill(0));
    expect(await got).toEqual([most]);
    expect(here.sendSync('reads', ...new Array(most).fill(0))).toBe(most);
  });

  test('are refused where they are sent when they are more', async () => {
    const { here } = connectedPeers();
    const tooMany = new Array(most + 1).fill(0);
    const tooLarge = withCode('ERR_RINGWIRE_TOO_LARGE');
    expect(() => here.send('a', ...tooMany)).toThrow(tooLarge);
    expect(() => here.sendSync('a', ...tooMany)).toThrow(tooLarge);
    await expect(here.invoke('a', ...tooMany)).rejects.toEqual(tooLarge);
  });
});
