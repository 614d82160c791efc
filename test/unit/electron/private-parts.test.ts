import { describe, expect, it, vi } from 'vitest';
import { MessageKind } from '../../../lib/core/message-head.ts';
import { PRIVATE_CHANNEL } from '../../../lib/electron/protocol.ts';
import {
  found,
  joinFrom,
  loadMain,
  nativePreloads,
  quietly,
  start,
  versions,
  withReplyChannel,
} from './ringwire.ts';
import { type Sent, StandIn } from './stand-in.ts';
import type { NativeEvent } from './stand-in-types.ts';

const warnings = quietly();

/** Keys in their order, and what cannot be seen in them. */
function lookOf(event: NativeEvent): object {
  const hidden = Object.getOwnPropertyNames(event).filter(
    (name) => !Object.keys(event).includes(name),
  );
  const { type, sender, senderFrame, processId, frameId, frameTreeNodeId } = event;
  return {
    keys: Object.keys(event),
    hidden,
    type,
    sender,
    senderFrame,
    processId,
    frameId,
    frameTreeNodeId,
  };
}

it('the versions with other private parts are these', () => {
  expect(versions).toEqual(['20.0.0', '21.0.0', '25.0.0', '33.1.0', '35.0.0', '36.0.0']);
});

describe.each(withReplyChannel)('as in %s', (version) => {
  it('every kind of message arrives as one of the native side does', async () => {
    const { electron, contents, frame, join } = await start(version);
    const seen: Record<string, [event: NativeEvent, ...args: unknown[]][]> = {};
    const hear =
      (kind: string) =>
      (event: unknown, ...args: unknown[]) => {
        seen[kind] ??= [];
        seen[kind].push([event as NativeEvent, ...args]);
      };
    electron.ipcMain.on('send', hear('message'));
    electron.ipcMain.on('sendSync', (event, ...args) => {
      hear('message-sync')(event, ...args);
      event.returnValue = args;
    });
    electron.ipcMain.handle('invoke', (event, ...args) => {
      hear('invoke')(event, ...args);
      return args;
    });
    electron.ipcMain.on('post', hear('ports'));
    const host = electron.forms.host === 'session' ? '-ipc-message-host' : 'ipc-message-host';
    contents.on(host, hear('host'));
    const end = join();
    expect(end.messenger).toBeDefined();

    const kinds: [Sent['kind'], channel: string, MessageKind][] = [
      ['message', 'send', MessageKind.Event],
      ['message-sync', 'sendSync', MessageKind.Call],
      ['invoke', 'invoke', MessageKind.Invoke],
      ['ports', 'post', MessageKind.Post],
      ['host', 'to host', MessageKind.Host],
    ];
    for (const [kind, channel, ringKind] of kinds) {
      const stock = electron.deliver(frame, { kind, channel, args: [1] });
      if (kind === 'message-sync') {
        expect(stock.answers).toEqual([[1]]);
        expect(end.messenger.call(channel, [1]).values).toEqual([[1]]);
      } else {
        end.messenger.send(ringKind, 5, channel, [1]);
      }
      await vi.waitFor(() => expect(seen[kind]).toHaveLength(2));
      const [[byStock, ...stockArgs], [byRing, ...ringArgs]] = seen[kind] as [
        [NativeEvent, ...unknown[]],
        [NativeEvent, ...unknown[]],
      ];
      expect(ringArgs).toEqual(stockArgs);
      expect(lookOf(byRing)).toEqual(lookOf(byStock));
    }
    await vi.waitFor(() => expect(end.answers).toEqual([{ result: [1] }]));
    expect(warnings()).toEqual([]);
  });

  it('what main sends goes by the ring, and by stock IPC until the frame has heard of it', async () => {
    const { electron, frame, join } = await start(version);
    frame.send('early', 1);
    const end = join();
    frame.send('unsure', 2);
    const told = new Promise((resolve) => electron.ipcMain.once('told', resolve));
    end.messenger.send(MessageKind.Event, 0, PRIVATE_CHANNEL, ['begun']);
    end.messenger.send(MessageKind.Event, 0, 'told', []);
    await told;
    frame.send('sure', 3);
    await vi.waitFor(() => expect(end.heard).toEqual([['sure', 3]]));
    expect(frame.sent).toEqual([
      [false, 'early', [1]],
      [false, PRIVATE_CHANNEL, ['up', expect.any(Number)]],
      [false, PRIVATE_CHANNEL, ['late', 'unsure', [2]]],
      [false, PRIVATE_CHANNEL, ['fence']],
    ]);
  });

  it('what Electron sends for itself comes behind what the ring holds', async () => {
    const { electron, frame, join } = await start(version);
    const order: string[] = [];
    electron.ipcMain.on('before', () => order.push('by the ring'));
    electron.ipcMainInternal.on('WINDOW_CLOSE', () => order.push('closed'));
    const end = join();
    end.messenger.send(MessageKind.Event, 0, 'before', []);
    electron.deliver(frame, { kind: 'message', channel: 'WINDOW_CLOSE', args: [], internal: true });
    expect(order).toEqual(['by the ring', 'closed']);
  });

  it('a message with ports keeps its place, and its event', async () => {
    const { electron, frame, join } = await start(version);
    const heard: unknown[] = [];
    electron.ipcMain.on('a', (event, message) => heard.push([message, event.ports]));
    const end = join();
    const wrapped: Sent = {
      kind: 'ports',
      channel: PRIVATE_CHANNEL,
      args: [['a', 'ported'], 'port'],
    };
    electron.deliver(frame, wrapped);
    end.messenger.send(MessageKind.Post, 0, 'a', ['first']);
    end.messenger.send(MessageKind.Marker, 0, '', []);
    await vi.waitFor(() =>
      expect(heard).toEqual([
        ['first', []],
        ['ported', ['port']],
      ]),
    );
  });

  it('the preload stays first, and is nothing that the application reads', async () => {
    const { session } = await start(version);
    const native = nativePreloads(session);
    session.setPreloads(['/own.js']);
    expect(session.getPreloads()).toEqual(['/own.js']);
    expect(native()).toEqual([expect.stringMatching(/preload\.cjs$/), '/own.js']);
  });

  it('a frame that is gone is refused, and nothing is thrown', async () => {
    const { electron, frame } = await start(version);
    const ask: Sent = {
      kind: 'message-sync',
      channel: PRIVATE_CHANNEL,
      args: ['join'],
      gone: true,
    };
    expect(electron.deliver(frame, ask).answers).toEqual([{ reason: 'refused' }]);
    const stay: Sent = {
      kind: 'message',
      channel: PRIVATE_CHANNEL,
      args: ['stay', 'sandboxed'],
      gone: true,
    };
    expect(() => electron.deliver(frame, stay)).not.toThrow();
  });

  it('a background page of an extension may be the first, and have no frame', async () => {
    const electron = new StandIn(found, version);
    const { register } = await loadMain(electron);
    register();
    const session = electron.session();
    electron.contents(session, 'backgroundPage', (contents) => {
      Object.defineProperty(contents, 'mainFrame', {
        get: () => {
          throw new Error('Render frame was disposed before WebFrameMain could be accessed');
        },
      });
    });
    const { mainFrame } = electron.contents(session);
    expect(joinFrom(electron, mainFrame)).toHaveProperty('messenger');
    expect(warnings()).toEqual([]);
  });

  it('sessions that were there before ringwire get its preload with their first window', async () => {
    const electron = new StandIn(found, version);
    const session = electron.session();
    const { register } = await loadMain(electron);
    register();
    const native = nativePreloads(session);
    electron.contents(session);
    electron.contents(session);
    expect(native()).toEqual([expect.stringMatching(/preload\.cjs$/)]);
  });
});

describe('a service worker', () => {
  it.each(['35.0.0', '36.0.0'])('of %s is heard as without ringwire', async (version) => {
    const { electron, session } = await start(version);
    const heard: unknown[] = [];
    session.on('to the ipc of the worker', (channel: string, args: unknown[]) =>
      heard.push([channel, ...args]),
    );
    const event = { type: 'service-worker', versionId: 3, session };
    session.emit('-ipc-message', event, 'hello', [1]);
    const _replyChannel = { sendReply() {} };
    session.emit('-ipc-message-sync', { ...event, _replyChannel }, 'question', [2]);
    session.emit('-ipc-invoke', { ...event, _replyChannel }, 'call', [3]);
    session.emit('-ipc-ports', { ...event }, 'ports', 4, []);
    expect(heard).toEqual([
      ['hello', 1],
      ['question', 2],
      ['call', 3],
      ['ports', 4],
    ]);
    expect(electron.ipcMain.eventNames()).toEqual([]);
  });
});
