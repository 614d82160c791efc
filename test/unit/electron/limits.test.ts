import { afterEach, describe, expect, test, vi } from 'vitest';
import { MessageKind } from '../../../lib/core/message-head.ts';
import { PRIVATE_CHANNEL } from '../../../lib/electron/protocol.ts';
import {
  admits,
  askToJoin,
  connectWith,
  type FrameEnd,
  joinFrom,
  quietly,
  type Started,
  start,
} from './ringwire.ts';
import type { Sent } from './stand-in.ts';

// What one frame can make main keep: docs/limits.md. The limits of connections are in
// many-links.test.ts.

const warnings = quietly();
const version = '33.1.0';

/** Counts what an application hears of a frame's out-of-band messages. */
function hear({ electron }: Started): unknown[] {
  const heard: unknown[] = [];
  electron.ipcMain.on('ported', (_event, value) => heard.push(value));
  return heard;
}

/** Sends by stock IPC what has its place in a ring. */
function sendOutOfBand({ electron, frame }: Started, count: number, from = frame): void {
  for (let i = 0; i < count; i++) {
    electron.deliver(from, { kind: 'ports', channel: PRIVATE_CHANNEL, args: [['ported', i]] });
  }
}

function tokenOf(started: Started): Uint8Array {
  return askToJoin(started.electron, started.frame)?.token as Uint8Array;
}

describe('out-of-band messages of a frame that has not connected', () => {
  test('wait, 256 of them', async () => {
    const started = await start(version);
    const heard = hear(started);
    const token = tokenOf(started);
    sendOutOfBand(started, 256);
    expect(heard).toEqual([]);
    expect(admits(token)).toBe(true);
    expect(warnings()).toEqual([]);
  });

  test('are delivered with the next one, and the frame may not connect', async () => {
    const started = await start(version);
    const heard = hear(started);
    const token = tokenOf(started);
    sendOutOfBand(started, 257);
    await vi.waitFor(() => expect(heard).toHaveLength(257));
    expect(admits(token)).toBe(false);
    expect(warnings()).toEqual([expect.stringMatching(/has sent 256 out-of-band messages/)]);
  });

  test('are delivered with the next one, and the connection that is being made is ended', async () => {
    const started = await start(version);
    const heard = hear(started);
    const token = tokenOf(started);
    expect(admits(token)).toBe(true);
    sendOutOfBand(started, 257);
    const { main } = connectWith(token);
    expect(main.ended).toBe(true);
    await vi.waitFor(() => expect(heard).toEqual([...Array(256).keys(), 256]));
    sendOutOfBand(started, 1);
    await vi.waitFor(() => expect(heard).toHaveLength(258));
  });
});

test('65536 out-of-band messages wait for their markers, and with the next the connection ends', async () => {
  const started = await start(version);
  const heard = hear(started);
  const { main } = started.join();
  sendOutOfBand(started, 65_536);
  expect(heard).toEqual([]);
  expect(main.ended).toBe(false);
  sendOutOfBand(started, 1);
  await vi.waitFor(() => expect(heard).toHaveLength(65_537));
  expect(main.dropped).toBe(true);
  expect(warnings()).toEqual([
    expect.stringMatching(/65536 out-of-band messages without a marker/),
  ]);
});

describe('an answer to a synchronous call that only stock IPC can bring', () => {
  /** Electron's own class, of which V8's serialiser knows nothing. */
  class NativeImage {
    readonly notCloneable = () => {};
    readonly name: string;
    constructor(name: string) {
      this.name = name;
    }
  }

  function ask(end: FrameEnd, name: string): number {
    const { kind, id } = end.messenger.call('image', [name]);
    expect(kind).toBe(MessageKind.Failure);
    return id;
  }

  async function startWithImages() {
    const started = await start(version);
    started.electron.ipcMain.on('image', (event, name) => {
      event.returnValue = new NativeImage(name);
    });
    const fetched = (ticket: number, from = started.frame): unknown => {
      const values: unknown[] = [];
      const sent: Sent = {
        kind: 'message-sync',
        channel: PRIVATE_CHANNEL,
        args: ['fetch', ticket],
      };
      const event = started.electron.event(from, sent, (value) => values.push(value) > 0);
      started.contents.emit('-ipc-message-sync', event, false, PRIVATE_CHANNEL, ['fetch', ticket]);
      return values[0];
    };
    return { started, end: started.join(), fetched };
  }

  test('is kept until it is fetched, once', async () => {
    const { end, fetched } = await startWithImages();
    const ticket = ask(end, 'one');
    expect(fetched(ticket)).toMatchObject({ name: 'one' });
    expect(fetched(ticket)).toBe(undefined);
  });

  test('is dropped when the next one comes', async () => {
    const { end, fetched } = await startWithImages();
    const [older, later] = [ask(end, 'one'), ask(end, 'two')];
    expect(fetched(older)).toBe(undefined);
    expect(fetched(later)).toMatchObject({ name: 'two' });
  });

  test('is no other frame’s', async () => {
    const { started, end, fetched } = await startWithImages();
    const ticket = ask(end, 'one');
    const other = started.electron.contents(started.session).mainFrame;
    joinFrom(started.electron, other);
    expect(fetched(ticket, other)).toBe(undefined);
    expect(fetched(ticket)).toMatchObject({ name: 'one' });
  });
});

describe('a process', () => {
  afterEach(() => vi.useRealTimers());

  test('can let main expect 64 frames; of more, the oldest may not connect', async () => {
    const { electron, session } = await start(version);
    const tokens = Array.from({ length: 65 }, () => {
      return askToJoin(electron, electron.contents(session).mainFrame)?.token as Uint8Array;
    });
    expect(tokens.map((token) => admits(token))).toEqual([false, ...Array(64).fill(true)]);
  });

  test('can have 1024 connections, whichever frames it makes for them', async () => {
    const { electron, session } = await start(version);
    const join = () => joinFrom(electron, electron.contents(session).mainFrame);
    const ends = Array.from({ length: 1024 }, join);
    expect(ends.every((end) => Object.hasOwn(end as object, 'messenger'))).toBe(true);
    expect(join()).toEqual({ reason: 'refused' });
    expect(warnings()).toEqual([expect.stringMatching(/Its process has 1024 connections/)]);
    (ends[0] as FrameEnd).messenger.transport.close();
    await new Promise(setImmediate);
    expect(join()).toHaveProperty('messenger');
  });

  test('may connect within a minute of being asked to, and not later', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const started = await start(version);
    const token = tokenOf(started);
    vi.advanceTimersByTime(60_001);
    expect(admits(token)).toBe(false);
  });
});

test('a sandboxed frame can let main owe the answers to 65536 calls of batches', async () => {
  const { electron, frame } = await start(version);
  let handled = 0;
  electron.ipcMain.handle('ask', () => {
    handled++;
    return new Promise(() => {});
  });
  const tell = (kind: 'message' | 'invoke', ...args: unknown[]) =>
    electron.deliver(frame, { kind, channel: PRIVATE_CHANNEL, args });
  tell('message', 'stock', 'sandboxed');
  const batch = [['ask', 256, [], [...Array(256).keys()]]];
  for (let i = 0; i < 300; i++) tell('invoke', 'batch', batch);
  // Behind all that main has taken.
  const last = new Promise((heard) => electron.ipcMain.once('last', heard));
  electron.deliver(frame, { kind: 'message', channel: 'last', args: [] });
  await last;
  expect(handled).toBe(65_536);
});

test('what a frame says about itself is kept, but no more than a sentence', async () => {
  const { electron, frame } = await start(version);
  const args = ['stock', 'refused', 'x'.repeat(1_000_000)];
  electron.deliver(frame, { kind: 'message', channel: PRIVATE_CHANNEL, args });
  expect(warnings()).toEqual([expect.stringMatching(/It says 'x{1000}'/)]);
});
