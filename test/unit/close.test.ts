import { describe, expect, test, vi } from 'vitest';
import { MessageKind, writeHead } from '../../lib/core/message-head.ts';
import { connectedPeers, type Ends, nextMessage } from '../helpers/peers.ts';

const withCode = (code: string) => expect.objectContaining({ name: 'RingwireError', code });
const closed = withCode('ERR_RINGWIRE_CLOSED');

describe('when a connection ends', () => {
  test.each([
    ['closed here', ({ here }: Ends) => here.close(), 'ERR_RINGWIRE_CLOSED'],
    ['closed there', ({ there }: Ends) => there.close(), 'ERR_RINGWIRE_CLOSED'],
    ['dead there', ({ thereTransport }: Ends) => thereTransport.die(), 'ERR_RINGWIRE_PEER_GONE'],
    [
      'corrupt there',
      ({ hereTransport }: Ends) => hereTransport.inject(new Uint8Array(3)),
      'ERR_RINGWIRE_CORRUPT',
    ],
  ])('%s: everything that waits is settled with the reason', async (_, end, code) => {
    const ends = connectedPeers();
    const { here, there } = ends;
    there.handle('x', () => new Promise(() => {}));
    const waiting = [
      here.invoke('x'),
      here.invokeWith({ timeout: 60_000, signal: new AbortController().signal }, 'x'),
    ].map((request) => expect(request).rejects.toEqual(withCode(code)));
    end(ends);
    await Promise.all(waiting);
    expect(await here.closed).toEqual(withCode(code));
    expect(() => here.send('x')).toThrow(withCode(code));
    expect(() => here.sendSync('x')).toThrow(withCode(code));
    await expect(here.invoke('x')).rejects.toEqual(withCode(code));
    here.close();
  });

  test('what was sent before still arrives', async () => {
    const { here, there } = connectedPeers();
    const message = nextMessage(there, 'last');
    here.send('last', 1);
    here.close();
    expect(await message).toEqual([1]);
    expect(await there.closed).toEqual(closed);
  });

  test('closing twice is closing once', async () => {
    const { here, there } = connectedPeers();
    here.close();
    here.close();
    there.close();
    const reason = await here.closed;
    here.close();
    expect(await here.closed).toBe(reason);
  });

  test('closing in a listener stops delivery', async () => {
    const { here, there } = connectedPeers();
    const listener = vi.fn(() => there.close());
    there.on('a', listener);
    here.send('a');
    here.send('a');
    expect(await here.closed).toEqual(closed);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test('closing in a handler drops its result', async () => {
    const { here, there } = connectedPeers();
    there.handle('a', () => {
      there.close();
      return 'dropped';
    });
    await expect(here.invoke('a')).rejects.toEqual(closed);
  });

  test('a handler that settles later is dropped, and its signal is aborted', async () => {
    const { here, there } = connectedPeers();
    let finish: (value: unknown) => void = () => {};
    const signals: AbortSignal[] = [];
    there.handle('a', ({ signal }) => {
      signals.push(signal);
      here.close();
      return new Promise((resolve) => (finish = resolve));
    });
    await expect(here.invoke('a')).rejects.toEqual(closed);
    expect(await there.closed).toEqual(closed);
    expect(signals.map(({ aborted, reason }) => [aborted, reason.code])).toEqual([
      [true, 'ERR_RINGWIRE_CLOSED'],
    ]);
    finish('dropped');
    await new Promise(setImmediate);
    expect(() => there.send('a')).toThrow(closed);
  });

  test('a reply after the end throws as send does', async () => {
    const { here, there } = connectedPeers();
    const event = new Promise<{ reply(channel: string): void }>((resolve) => {
      there.once('a', resolve);
    });
    here.send('a');
    const { reply, ...rest } = { reply: (await event).reply, event: await event };
    there.close();
    expect(() => reply.call(rest.event, 'b')).toThrow(closed);
  });
});

describe('a peer that lies', () => {
  const bytesOf = (kind: number, payload: number[], id = 1): Uint8Array => {
    const head = new Uint8Array(100);
    const length = writeHead(head, kind as MessageKind, id, 'a');
    head.set(payload, length);
    return head.slice(0, length + payload.length);
  };
  const noValues = [1, 0];

  test.each([
    ['a call without a sequence number', bytesOf(MessageKind.Call, noValues), 0],
    ['an event with a sequence number', bytesOf(MessageKind.Event, noValues), 5],
    ['a kind that only Electron uses', bytesOf(MessageKind.Marker, noValues), 0],
    ['an unknown payload', bytesOf(MessageKind.Event, [99]), 0],
    ['no payload', bytesOf(MessageKind.Event, []), 0],
    ['structured bytes that V8 refuses', bytesOf(MessageKind.Event, [2, 0xff, 0x0f, 0x99]), 0],
  ])('with %s ends the connection and reaches no listener', async (_, head, sequence) => {
    const { here, there, thereTransport } = connectedPeers();
    const listener = vi.fn();
    there.on('a', listener);
    thereTransport.inject(head, undefined, sequence);
    expect(await there.closed).toEqual(withCode('ERR_RINGWIRE_CORRUPT'));
    expect(listener).not.toHaveBeenCalled();
    await here.closed;
  });

  test.each([
    ['a result', MessageKind.Result],
    ['a failure', MessageKind.Failure],
    ['a cancellation', MessageKind.Cancel],
  ])('with %s for a request nobody made is ignored', async (_, kind) => {
    const { here, there, thereTransport } = connectedPeers();
    thereTransport.inject(bytesOf(kind, noValues, 77));
    const message = nextMessage(there, 'still-alive');
    here.send('still-alive');
    expect(await message).toEqual([]);
  });

  test('with a failure of another shape still rejects with a RingwireError', async () => {
    const { here, hereTransport, there } = connectedPeers();
    there.handle('x', () => new Promise(() => {}));
    const request = here.invoke('x');
    const head = new Uint8Array(100);
    const length = writeHead(head, MessageKind.Failure, 1, '');
    head.set([1, 2, 0, 4, 7], length);
    hereTransport.inject(head.slice(0, length + 5));
    await expect(request).rejects.toEqual(withCode('ERR_RINGWIRE_REMOTE'));
  });
});

describe('a connection', () => {
  test('keeps the process alive until unref', () => {
    const { here, hereTransport } = connectedPeers();
    expect(hereTransport.referenced).toBe(true);
    expect(here.unref()).toBe(here);
    expect(hereTransport.referenced).toBe(false);
    here.ref();
    expect(hereTransport.referenced).toBe(true);
  });

  test('delivers nothing while it is paused', async () => {
    const { here, there } = connectedPeers();
    const listener = vi.fn();
    there.on('a', listener);
    there.pause();
    here.send('a');
    const back = nextMessage(here, 'back');
    there.send('back');
    await back;
    expect(listener).not.toHaveBeenCalled();
    const message = nextMessage(there, 'a');
    there.resume();
    expect(await message).toEqual([]);
  });

  test('speaks JSON when it is asked to, and reads both', async () => {
    const { here, there } = connectedPeers({ codec: 'json' });
    const message = nextMessage(there, 'a');
    here.send('a', { date: new Date(0), f: () => {}, u: undefined }, undefined);
    expect(await message).toEqual([{ date: '1970-01-01T00:00:00.000Z' }, null]);
    expect(() => here.send('a', 1n)).toThrow(withCode('ERR_RINGWIRE_UNCLONABLE'));
  });
});
