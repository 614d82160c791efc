import { describe, expect, test, vi } from 'vitest';
import { MessageKind } from '../../../lib/core/message-head.ts';
import { PRIVATE_CHANNEL } from '../../../lib/electron/protocol.ts';
import { admits, askToJoin, connectWith, type FrameEnd, quietly, start } from './ringwire.ts';
import type { StandIn } from './stand-in.ts';
import type { Frame } from './stand-in-types.ts';

// SECURITY.md: the sender of a message is the frame that its ring belongs to, whatever the bytes say.

quietly();

/** Two windows, each with a ring, and what main hears of whom. */
async function startTwo() {
  const started = await start('33.1.0');
  const { electron, session, frame } = started;
  const other = electron.contents(session).mainFrame;
  const heard: [sender: unknown, frameId: unknown, value: unknown][] = [];
  electron.ipcMain.on('news', (event, value) => {
    heard.push([event.sender, event.frameId, value]);
  });
  return { electron, frame, other, heard };
}

function join(electron: StandIn, frame: Frame): FrameEnd {
  const token = askToJoin(electron, frame)?.token as Uint8Array;
  expect(admits(token)).toBe(true);
  return connectWith(token);
}

function say(end: FrameEnd, ...values: unknown[]): void {
  end.messenger.send(MessageKind.Event, 0, 'news', values);
}

describe('the sender of a message', () => {
  test('is the frame that asked to join, whichever connects first', async () => {
    const { electron, frame, other, heard } = await startTwo();
    const [token, otherToken] = [frame, other].map((each) => {
      return askToJoin(electron, each)?.token as Uint8Array;
    });
    const otherEnd = connectWith(otherToken as Uint8Array);
    const end = connectWith(token as Uint8Array);
    say(otherEnd, 'other');
    say(end, 'one');
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    expect(heard).toEqual([
      [other.contents, other.routingId, 'other'],
      [frame.contents, frame.routingId, 'one'],
    ]);
  });

  test('is the same when the message claims another one', async () => {
    const { electron, frame, other, heard } = await startTwo();
    const end = join(electron, frame);
    const claim = {
      sender: other.contents.id,
      frameId: other.routingId,
      processId: other.processId,
    };
    // As a request of another frame would be numbered, and in its words.
    end.messenger.send(MessageKind.Event, other.routingId, 'news', [claim]);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    expect(heard[0]?.slice(0, 2)).toEqual([frame.contents, frame.routingId]);
  });
});

describe('a token', () => {
  test('works once', async () => {
    const { electron, frame, heard } = await startTwo();
    const token = askToJoin(electron, frame)?.token as Uint8Array;
    const first = connectWith(token);
    expect(admits(token)).toBe(false);
    // Its handshake was under way already.
    const second = connectWith(token);
    expect([first.main.ended, second.main.ended]).toEqual([false, true]);
    say(first, 'first');
    await vi.waitFor(() => expect(heard).toHaveLength(1));
  });

  test('works for the process that main has asked, and no other', async () => {
    const { electron, frame } = await startTwo();
    const token = askToJoin(electron, frame)?.token as Uint8Array;
    expect(admits(token, process.pid + 1)).toBe(false);
    expect(admits(token, process.pid)).toBe(true);
  });

  test('cannot be guessed from another one', async () => {
    const { electron, frame, other } = await startTwo();
    const token = askToJoin(electron, frame)?.token as Uint8Array;
    const otherToken = askToJoin(electron, other)?.token as Uint8Array;
    expect(token).toHaveLength(32);
    const same = token.filter((byte, i) => byte === otherToken[i]).length;
    expect(same).toBeLessThan(16);
    expect(admits(token.map((byte, i) => (i === 31 ? byte ^ 1 : byte)))).toBe(false);
    expect(admits(token.subarray(0, 31))).toBe(false);
    expect(admits(new Uint8Array(32))).toBe(false);
  });

  test('of before is worth nothing when the frame has asked again', async () => {
    const { electron, frame } = await startTwo();
    const before = askToJoin(electron, frame)?.token as Uint8Array;
    const now = askToJoin(electron, frame)?.token as Uint8Array;
    expect([admits(before), admits(now)]).toEqual([false, true]);
  });
});

describe('a link of one frame cannot be used by another', () => {
  test('whose out-of-band message is not what its marker waits for', async () => {
    const { electron, frame, other } = await startTwo();
    const ported: unknown[] = [];
    electron.ipcMain.on('ported', (event, value) => ported.push([event.sender, value]));
    const [end] = [join(electron, frame), join(electron, other)];
    end.messenger.send(MessageKind.Marker, 0, '', []);
    await new Promise(setImmediate);
    const deliver = (from: Frame, value: string) =>
      electron.deliver(from, {
        kind: 'ports',
        channel: PRIVATE_CHANNEL,
        args: [['ported', value]],
      });
    deliver(other, 'other');
    expect(ported).toEqual([]);
    deliver(frame, 'one');
    await vi.waitFor(() => expect(ported).toEqual([[frame.contents, 'one']]));
  });

  test('when it breaks the protocol: the other’s goes on', async () => {
    const { electron, frame, other, heard } = await startTwo();
    const [end, otherEnd] = [join(electron, frame), join(electron, other)];
    end.main.inject(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 0));
    await vi.waitFor(() => expect(end.main.dropped).toBe(true));
    say(otherEnd, 'other');
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    expect(otherEnd.main.ended).toBe(false);
  });

  test('whose answer is not its own', async () => {
    const { electron, frame, other } = await startTwo();
    electron.ipcMain.handle('who', (event) => (event as { frameId: number }).frameId);
    const [end, otherEnd] = [join(electron, frame), join(electron, other)];
    end.messenger.send(MessageKind.Invoke, 7, 'who', []);
    otherEnd.messenger.send(MessageKind.Invoke, 7, 'who', []);
    await vi.waitFor(() => expect([...end.answers, ...otherEnd.answers]).toHaveLength(2));
    expect(end.answers).toEqual([{ result: frame.routingId }]);
    expect(otherEnd.answers).toEqual([{ result: other.routingId }]);
  });
});
