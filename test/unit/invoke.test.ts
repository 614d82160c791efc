import { describe, expect, test } from 'vitest';
import { MessageKind } from '../../lib/core/message-head.ts';
import { Messenger } from '../../lib/core/messenger.ts';
import { collectGarbage } from '../helpers/garbage.ts';
import { connectedPeers, nextMessage, rejectionOf } from '../helpers/peers.ts';
import { within } from '../helpers/until.ts';

const withCode = (code: string) => expect.objectContaining({ name: 'RingwireError', code });
const never = new Promise<never>(() => {});

describe('invoke', () => {
  test('resolves with what the handler returns, in both directions', async () => {
    const { here, there } = connectedPeers();
    there.handle('sum', (_, a, b) => a + b);
    here.handle('slow', async (_, x) => {
      await new Promise(setImmediate);
      return { x };
    });
    expect(await here.invoke('sum', 1, 2)).toBe(3);
    expect(await there.invoke('slow', 'y')).toEqual({ x: 'y' });
  });

  test('answers each of many requests with its own result, in the order they settle', async () => {
    const { here, there } = connectedPeers();
    const settle: (() => void)[] = [];
    there.handle('later', (_, i) => new Promise((resolve) => settle.push(() => resolve(i))));
    const order: unknown[] = [];
    const all = Array.from({ length: 100 }, (_, i) =>
      here.invoke('later', i).then((result) => order.push([i, result])),
    );
    await here.invoke('later-is-there').catch(() => {});
    for (const one of settle.reverse()) one();
    await Promise.all(all);
    expect(order).toEqual(Array.from({ length: 100 }, (_, i) => [99 - i, 99 - i]));
  });

  test('rejects with the error of the handler as the cause', async () => {
    const { here, there } = connectedPeers();
    const thrown = Object.assign(new RangeError('too far'), { code: 'E_FAR' });
    there.handle('sync', () => {
      throw thrown;
    });
    there.handle('async', async () => {
      throw thrown;
    });
    for (const channel of ['sync', 'async']) {
      const error = await rejectionOf(here.invoke(channel));
      expect(error).toEqual(withCode('ERR_RINGWIRE_REMOTE'));
      expect(error.message).toContain(`'${channel}': RangeError: too far`);
      expect(error.cause).toMatchObject({
        name: 'RangeError',
        message: 'too far',
        stack: thrown.stack,
        code: 'E_FAR',
      });
    }
  });

  test.each([
    ['a string', 'text', 'text'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['an object', { a: 1 }, '[object Object]'],
    ['a symbol', Symbol('q'), 'Symbol(q)'],
    ['an object without text', Object.create(null), 'a object that has no text'],
  ])('rejects when the handler throws %s', async (_, thrown, message) => {
    const { here, there } = connectedPeers();
    there.handle('x', () => Promise.reject(thrown));
    const error = await rejectionOf(here.invoke('x'));
    expect(error).toEqual(withCode('ERR_RINGWIRE_REMOTE'));
    expect(error.cause.message).toBe(message);
  });

  test('rejects when there is no handler', async () => {
    const { here } = connectedPeers();
    await expect(here.invoke('nothing')).rejects.toEqual(withCode('ERR_RINGWIRE_NO_HANDLER'));
  });

  test('rejects when the result cannot be cloned', async () => {
    const { here, there } = connectedPeers();
    there.handle('f', () => () => {});
    const error = await rejectionOf(here.invoke('f'));
    expect(error).toEqual(withCode('ERR_RINGWIRE_REMOTE'));
    expect(error.cause.code).toBe('ERR_RINGWIRE_UNCLONABLE');
  });

  test('rejects when an argument cannot be cloned, and sends nothing', async () => {
    const { here, there } = connectedPeers();
    there.handle('x', () => 1);
    await expect(here.invoke('x', Symbol('s'))).rejects.toEqual(
      withCode('ERR_RINGWIRE_UNCLONABLE'),
    );
    expect(await here.invoke('x')).toBe(1);
  });

  test('waits for anything with a then', async () => {
    const { here, there } = connectedPeers();
    // biome-ignore lint/suspicious/noThenProperty: that is what is tested
    there.handle('thenable', () => ({ then: (resolve: (value: number) => void) => resolve(5) }));
    expect(await here.invoke('thenable')).toBe(5);
  });
});

describe('a handler', () => {
  test('is the only one of its channel until it is removed', async () => {
    const { here, there } = connectedPeers();
    there.handle('a', () => 1);
    expect(() => there.handle('a', () => 2)).toThrow(withCode('ERR_RINGWIRE_DUPLICATE_HANDLER'));
    there.removeHandler('a');
    there.removeHandler('a');
    there.handle('a', () => 3);
    expect(await here.invoke('a')).toBe(3);
  });

  test('handleOnce answers once, even when it throws', async () => {
    const { here, there } = connectedPeers();
    there.handleOnce('a', () => {
      throw new Error('once');
    });
    await expect(here.invoke('a')).rejects.toEqual(withCode('ERR_RINGWIRE_REMOTE'));
    await expect(here.invoke('a')).rejects.toEqual(withCode('ERR_RINGWIRE_NO_HANDLER'));
  });

  test('has the sender of the request in its event', async () => {
    const { here, there } = connectedPeers();
    there.handle('a', (event) => {
      event.reply('back', 1);
      return event.sender === there;
    });
    const back = nextMessage(here, 'back');
    expect(await here.invoke('a')).toBe(true);
    expect(await back).toEqual([1]);
  });

  test('that never settles and is collected rejects the request', async () => {
    const { here, there } = connectedPeers();
    there.handle('forgotten', () => new Promise(() => {}));
    const forgotten = expect(here.invoke('forgotten')).rejects.toEqual(
      withCode('ERR_RINGWIRE_NO_REPLY'),
    );
    const collecting = setInterval(collectGarbage, 10);
    await within(forgotten, 'the collector').finally(() => clearInterval(collecting));
  });

  test('that ignores its event is not taken for one that forgot the request', async () => {
    const { here, there } = connectedPeers();
    const wait = async (): Promise<string> => {
      for (let i = 0; i < 20; i++) {
        collectGarbage();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return 'late';
    };
    there.handle('patient', () => wait());
    expect(await here.invoke('patient')).toBe('late');
  });
});

describe('invokeWith', () => {
  test('rejects at the deadline, and drops the late answer', async () => {
    const { here, there } = connectedPeers();
    let answer: (value: unknown) => void = () => {};
    there.handle('slow', () => new Promise((resolve) => (answer = resolve)));
    there.handle('next', (_, x) => x);
    await expect(here.invokeWith({ timeout: 5 }, 'slow')).rejects.toEqual(
      withCode('ERR_RINGWIRE_TIMEOUT'),
    );
    answer('too late');
    expect(await here.invoke('next', 'on time')).toBe('on time');
  });

  test('resolves before the deadline', async () => {
    const { here, there } = connectedPeers();
    there.handle('x', () => 1);
    expect(await here.invokeWith({ timeout: 60_000 }, 'x')).toBe(1);
    expect(await here.invokeWith({ timeout: Number.POSITIVE_INFINITY }, 'x')).toBe(1);
  });

  test('rejects with the reason of its signal, and tells the handler', async () => {
    const { here, there } = connectedPeers();
    const aborted = new Promise((resolve) => {
      there.handle('fetch', ({ signal }) => {
        signal.addEventListener('abort', () => resolve(signal.aborted));
        return never;
      });
    });
    const abortion = new AbortController();
    const request = here.invokeWith({ signal: abortion.signal }, 'fetch');
    abortion.abort('enough');
    await expect(request).rejects.toBe('enough');
    expect(await aborted).toBe(true);
  });

  test('sends nothing when its signal is aborted already', async () => {
    const { here, there } = connectedPeers();
    let calls = 0;
    there.handle('x', () => ++calls);
    await expect(here.invokeWith({ signal: AbortSignal.abort('no') }, 'x')).rejects.toBe('no');
    expect(await here.invoke('x')).toBe(1);
  });

  test('ends for a handler, too, when a hostile peer gives its number to another one', async () => {
    const { here, there, hereTransport } = connectedPeers();
    const signals: AbortSignal[] = [];
    there.handle('slow', (event) => {
      signals.push(event.signal);
      return never;
    });
    const hostile = new Messenger(hereTransport);
    for (let i = 0; i < 2; i++) hostile.send(MessageKind.Invoke, 7, 'slow', []);
    await here.invoke('both-are-there').catch(() => {});
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    here.close();
    await there.closed;
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  test('tells the handler of a timeout, also when it asks later', async () => {
    const { here, there } = connectedPeers();
    const states = new Promise((resolve) => {
      there.handle('slow', async (event) => {
        const before = event.signal.aborted;
        await nextMessage(there, 'timed-out');
        resolve([before, event.signal.aborted]);
      });
    });
    await here.invokeWith({ timeout: 5 }, 'slow').catch(() => here.send('timed-out'));
    expect(await states).toEqual([false, true]);
  });
});
