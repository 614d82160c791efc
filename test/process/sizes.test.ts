import { describe, expect, onTestFinished, test } from 'vitest';
import { connect } from '../../lib/node/connect.ts';
import { forkFixture, listenFresh } from '../helpers/processes.ts';

/** Bytes that are wrong wherever they come from the wrong place. */
function pattern(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + (i >> 8) * 7) & 0xff;
  return bytes;
}

/** The matcher of vitest looks at every byte on its own, which takes seconds. */
function isPattern(value: unknown, length: number): boolean {
  return value instanceof Uint8Array && Buffer.from(pattern(length)).equals(value);
}

const capacity = 65_536;
const sizes = [0, 1, 4095, 4096, 4097, 16_383, 16_384, 16_385, capacity - 1, capacity];

describe('a message', () => {
  test.each([...sizes, 4 * capacity, 3_333_333])(
    'of %i bytes crosses a ring of 64 KiB whole, by every way',
    async (length) => {
      const { peer } = await forkFixture('echo', { capacity });
      const bytes = pattern(length);
      const [sent, called, asked] = [
        new Promise((resolve) => peer.once('echoed', (_, value) => resolve(value))),
        peer.sendSync<unknown[]>('echo', bytes),
        await peer.invoke<unknown[]>('echo', bytes),
      ];
      const back = [await sent, called[0], asked[0]];
      expect(back.map((value) => isPattern(value, length))).toEqual([true, true, true]);
    },
  );

  test('of many bytes has memory of its own', async () => {
    const { peer } = await forkFixture('echo');
    const [back] = peer.sendSync<[Uint8Array]>('echo', pattern(100_000));
    expect([back.byteOffset, back.buffer.byteLength]).toEqual([0, 100_000]);
    back.fill(0);
    expect(peer.sendSync('echo', pattern(10))).toEqual([pattern(10)]);
  });

  test('of a foreseen size, and of another one than foreseen, has memory of its own', async () => {
    const { peer } = await forkFixture('echo');
    const large = 1024 * 1024;
    const lengths = [large, large, large, large, 5, large, large, large + 1, 0, large];
    const all = lengths.map((length) => peer.sendSync<[Uint8Array]>('echo', pattern(length))[0]);
    expect(all.map((bytes, i) => isPattern(bytes, lengths[i] as number))).not.toContain(false);
    expect(new Set(all.map((bytes) => bytes.buffer)).size).toBe(all.length);
  });

  test('of 300 MB crosses', async () => {
    const [name, server] = await listenFresh();
    const peer = await connect(name);
    const length = 300 * 1024 * 1024;
    server.handle('length', (_, bytes) => [bytes.length, bytes[0], bytes[length - 1]]);
    const bytes = new Uint8Array(length);
    bytes[0] = 1;
    bytes[length - 1] = 2;
    expect(await peer.invoke('length', bytes)).toEqual([length, 1, 2]);
    peer.close();
  });

  test('with a channel longer than the head arrives on it', async () => {
    const { peer } = await forkFixture('echo');
    const channel = 'ü'.repeat(40_000);
    const back = new Promise((resolve) => peer.once(channel, (_, x) => resolve(x)));
    peer.on('ask', (event) => {
      event.returnValue = 1;
    });
    expect(await peer.invoke('ask-back', 'ask')).toBe(1);
    peer.on(channel, (event, x) => {
      event.returnValue = x;
    });
    expect(await peer.invoke('ask-back', channel, 'here')).toBe('here');
    expect(await back).toBe('here');
  });

  test('above the limit of its receiver ends the connection, which says so', async () => {
    const messageLimit = 100_000;
    const [name, server] = await listenFresh({ messageLimit });
    const peer = await connect(name);
    onTestFinished(() => peer.close());
    server.handle('length', (_event, bytes) => bytes.length);
    expect(await peer.invoke('length', pattern(messageLimit))).toBe(messageLimit);
    const [there] = server.peers;
    peer.send('length', pattern(messageLimit + 1));
    const reason = await there?.closed;
    expect(reason?.code).toBe('ERR_RINGWIRE_TOO_LARGE');
    expect(reason?.message).toContain(`messageLimit, ${messageLimit} bytes`);
    expect((await peer.closed).code).toMatch(/_(CLOSED|PEER_GONE)$/);
  });

  test('has no limit that is no number of bytes', async () => {
    const [name] = await listenFresh();
    for (const messageLimit of [-1, Number.NaN, '5']) {
      await expect(connect(name, { messageLimit: messageLimit as number })).rejects.toMatchObject({
        code: 'ERR_RINGWIRE_INVALID_ARGUMENT',
      });
    }
  });
});
