import { describe, expect, test } from 'vitest';
import { MessageKind, writeHead } from '../../lib/core/message-head.ts';
import type { PeerEvent } from '../../lib/core/peer.ts';
import { collectGarbage } from '../helpers/garbage.ts';
import { connectedPeers, thrownBy } from '../helpers/peers.ts';
import { until } from '../helpers/until.ts';

const withCode = (code: string) => expect.objectContaining({ name: 'RingwireError', code });

describe('sendSync', () => {
  test.each([
    ['undefined', undefined],
    ['null', null],
    ['a number', -0],
    ['an object', { a: [1, { b: 'x' }] }],
    ['a map', new Map([[{ k: 1 }, 2]])],
    ['a large array of bytes', new Uint8Array(100_000).fill(7)],
  ])('returns %s', (_, value) => {
    const { here, there } = connectedPeers();
    there.on('get', (event) => {
      event.returnValue = value;
    });
    expect(here.sendSync('get')).toEqual(value);
  });

  test('passes the arguments to the listener', () => {
    const { here, there } = connectedPeers();
    there.on('sum', (event, a, b) => {
      event.returnValue = a + b;
    });
    expect(here.sendSync('sum', 1, 2)).toBe(3);
  });

  test('returns the first value; later ones are ignored', () => {
    const { here, there } = connectedPeers();
    there.on('get', (event) => {
      event.returnValue = 1;
      event.returnValue = 2;
    });
    there.on('get', (event) => {
      event.returnValue = 3;
    });
    expect(here.sendSync('get')).toBe(1);
  });

  test('throws at once when nobody listens', () => {
    const { here } = connectedPeers();
    expect(() => here.sendSync('nothing')).toThrow(withCode('ERR_RINGWIRE_NO_HANDLER'));
  });

  test('throws the error of a listener that throws, which is uncaught there too', async () => {
    const { here, there } = connectedPeers();
    there.on('fail', () => {
      throw new TypeError('broken');
    });
    // Both ends are in this thread, so the exception of the listener leaves sendSync itself here.
    expect(() => here.sendSync('fail')).toThrow(new TypeError('broken'));
  });

  test('lets the listener try again after a value that cannot be cloned', () => {
    const { here, there } = connectedPeers();
    there.on('get', (event) => {
      expect(() => {
        event.returnValue = () => {};
      }).toThrow(withCode('ERR_RINGWIRE_UNCLONABLE'));
      event.returnValue = 'data';
    });
    expect(here.sendSync('get')).toBe('data');
  });

  test('comes after everything that was sent before it', () => {
    const { here, there } = connectedPeers();
    const order: unknown[] = [];
    there.on('event', (_, x) => order.push(x));
    there.on('get', (event) => {
      event.returnValue = order.length;
    });
    here.send('event', 1);
    here.send('event', 2);
    expect(here.sendSync('get')).toBe(2);
    expect(order).toEqual([1, 2]);
  });

  test('passes its deadline on in whole milliseconds, and 0 for none', () => {
    const { here, there, hereTransport } = connectedPeers();
    there.on('get', (event) => {
      event.returnValue = 1;
    });
    const timeouts = [undefined, 0.2, 5, 1e12, Number.POSITIVE_INFINITY].map((timeout) => {
      here.sendSyncWith(timeout === undefined ? {} : { timeout }, 'get');
      return hereTransport.lastTimeout;
    });
    expect(timeouts).toEqual([0, 1, 5, 0, 0]);
  });

  test.each(['ERR_RINGWIRE_TIMEOUT', 'ERR_RINGWIRE_DEADLOCK'] as const)(
    'throws %s of the transport',
    (code) => {
      const { here, there, hereTransport } = connectedPeers();
      hereTransport.silence = code;
      const events: PeerEvent[] = [];
      there.on('silent', (event) => events.push(event));
      expect(() => here.sendSync('silent')).toThrow(withCode(code));
      expect(events).toHaveLength(1);
    },
  );

  test('ends the connection when the answer is not an answer', async () => {
    const { here, there, hereTransport, thereTransport } = connectedPeers();
    there.on('get', (event) => {
      const length = writeHead(thereTransport.outgoing, MessageKind.Event, 0, 'x');
      thereTransport.outgoing.set([1, 0], length);
      thereTransport.reply(1, length + 2, undefined);
      event.returnValue = 'too late';
    });
    expect(thrownBy(() => here.sendSync('get')).code).toBe('ERR_RINGWIRE_CORRUPT');
    expect((await here.closed).code).toBe('ERR_RINGWIRE_CORRUPT');
    expect(hereTransport.queuedBytes).toBe(0);
  });

  test('is answered with an error when its event was garbage-collected', async () => {
    const { here, there, thereTransport } = connectedPeers();
    let replied = false;
    const reply = thereTransport.reply.bind(thereTransport);
    thereTransport.reply = (...args) => {
      replied = true;
      reply(...args);
    };
    there.on('forget', () => {});
    expect(() => here.sendSync('forget')).toThrow(withCode('ERR_RINGWIRE_TIMEOUT'));
    await until(() => {
      collectGarbage();
      return replied;
    }, 'the collector found the event');
    expect(replied).toBe(true);
  });
});
