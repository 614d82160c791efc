import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fork } from '../../lib/node/fork.ts';
import { thrownBy } from '../helpers/peers.ts';
import { exitOf, fixture, forkFixture } from '../helpers/processes.ts';
import { within } from '../helpers/until.ts';

// What waits for room when a side closes still goes out, as long as somebody reads it.
const capacity = 65_536;
const words = 200;

describe('a peer that closes while messages wait for room', () => {
  test('in the task in which it connected, is heard to the end', async () => {
    const { peer } = await forkFixture('hasty', { capacity });
    let heard = 0;
    peer.on('word', () => heard++);
    expect((await within(peer.closed, 'the end')).code).toBe('ERR_RINGWIRE_CLOSED');
    expect(heard).toBe(words);
  });

  test('answers no call any more, and is heard to the end', async () => {
    const { peer } = await forkFixture('hasty', { capacity });
    let heard = 0;
    const codes: unknown[] = [];
    peer.on('word', () => {
      if (heard++ > 0) return;
      codes.push(thrownBy(() => peer.sendSyncWith({ timeout: 20_000 }, 'ask')).code);
    });
    await within(peer.closed, 'the end', 40_000);
    expect(codes).toEqual(['ERR_RINGWIRE_CLOSED']);
    expect(heard).toBe(words);
  });

  test('gets away when the other side does the same', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ringwire-close-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const closed = join(folder, 'closed');
    const forked = await fork(fixture('hasty'), [closed], { capacity, stdio: 'ignore' });
    onTestFinished(() => void forked.child.kill('SIGKILL'));
    forked.peer.send('go');
    const sendWord = () => forked.peer.send('word', new Uint8Array(10_000));
    try {
      for (let i = 0; i < words; i++) sendWord();
    } catch (error) {
      // The child was faster: fewer words wait here.
      expect(error).toMatchObject({ code: 'ERR_RINGWIRE_CLOSED' });
    }
    const end = Date.now() + 20_000;
    while (!existsSync(closed) && Date.now() < end) {
      // This side reads nothing before it closes, too.
    }
    forked.peer.close();
    forked.child.disconnect();
    expect(await within(exitOf(forked), 'the exit of the child')).toEqual([0, null]);
    expect(existsSync(closed)).toBe(true);
  });
});
