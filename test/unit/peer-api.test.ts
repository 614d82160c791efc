import { describe, expect, test } from 'vitest';
import { connect } from '../../lib/node/connect.ts';
import { fork, parent } from '../../lib/node/fork.ts';
import { listen } from '../../lib/node/listen.ts';
import { connectedPeers, rejectionOf, thrownBy } from '../helpers/peers.ts';

describe('an option that does not exist is refused by name', () => {
  const misspelt = { timout: 5 } as object;

  test.each([
    ['connect', () => connect('name', misspelt)],
    ['listen', () => listen('name', misspelt)],
    ['parent', () => parent(misspelt)],
    ['invokeWith', () => connectedPeers().here.invokeWith(misspelt, 'x')],
  ])('%s', async (what, run) => {
    const { code, message } = await rejectionOf(run());
    expect(code).toBe('ERR_RINGWIRE_INVALID_ARGUMENT');
    expect(message).toContain(`${what} has no option 'timout', but `);
  });

  test('sendSyncWith', () => {
    const { message } = thrownBy(() => connectedPeers().here.sendSyncWith(misspelt, 'x'));
    expect(message).toContain("sendSyncWith has no option 'timout', but timeout");
  });
});

describe('a remote error of JavaScript itself', () => {
  test.each([EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, Error])(
    'is one on this side, too: %o',
    async (type) => {
      const { here, there } = connectedPeers();
      there.handle('fail', () => {
        throw new type('no');
      });
      const { cause } = await rejectionOf(here.invoke('fail'));
      expect(cause).toBeInstanceOf(type);
      expect(Object.getPrototypeOf(cause)).toBe(type.prototype);
      expect(cause.message).toBe('no');
    },
  );

  test('keeps its name where that is of its own', async () => {
    const { here, there } = connectedPeers();
    there.handle('fail', () => {
      throw Object.assign(new TypeError('no'), { name: 'Mine' });
    });
    const { cause } = await rejectionOf(here.invoke('fail'));
    expect(cause).toBeInstanceOf(Error);
    expect(cause.name).toBe('Mine');
  });
});

describe('connected', () => {
  test('is true until the end, on both sides', async () => {
    const { here, there } = connectedPeers();
    expect([here.connected, there.connected]).toEqual([true, true]);
    here.close();
    expect(here.connected).toBe(false);
    await there.closed;
    expect(there.connected).toBe(false);
  });
});

describe('using', () => {
  test('closes a peer at the end of its block', async () => {
    const { here, there } = connectedPeers();
    here[Symbol.dispose]();
    expect(here.connected).toBe(false);
    expect((await there.closed).code).toBe('ERR_RINGWIRE_CLOSED');
  });

  test('await using waits for the end', async () => {
    const { here } = connectedPeers();
    await here[Symbol.asyncDispose]();
    expect(here.connected).toBe(false);
  });
});

test('fork takes its options in the place of the arguments, as child_process.fork does', async () => {
  const controller = new AbortController();
  controller.abort();
  const { name } = await rejectionOf(fork('nothing.mjs', { signal: controller.signal }));
  expect(name).toBe('AbortError');
});
