import { Serializer } from 'node:v8';
import { expect, onTestFinished, test } from 'vitest';
import { structuredCodec } from '../../lib/core/codec/codec.ts';
import { loadNative } from '../../lib/core/load-native.ts';
import { HeadFlag, headerLength, MessageKind, writeHead } from '../../lib/core/message-head.ts';
import type { NativeLink } from '../../lib/core/native.ts';
import { addressOf, tokenBytes } from '../../lib/node/address.ts';
import { listenFresh } from '../helpers/processes.ts';
import { until, within } from '../helpers/until.ts';

/** 40 bytes or so that are a list of this length: V8 writes the holes of a sparse array as none. */
function sparseList(length: number): Uint8Array {
  const list: unknown[] = [];
  list.length = length;
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(list);
  return serializer.releaseBuffer();
}

const structured = 2;
const lengths = [4_294_967_295, 100_000_000];

test.each(lengths)('a list of values that is said to have %d is refused', (length) => {
  const bytes = Uint8Array.of(structured, ...sparseList(length));
  expect(() => structuredCodec().decode(bytes, 0, bytes.length, undefined)).toThrow(
    expect.objectContaining({ code: 'ERR_RINGWIRE_CORRUPT' }),
  );
});

function connectRaw(name: string): Promise<NativeLink> {
  return new Promise((resolve, reject) => {
    loadNative().connect(addressOf(name), tokenBytes(undefined), (result) => {
      if ('outgoing' in (result as object)) resolve(result as NativeLink);
      else reject(new Error(String(result)));
    });
  });
}

test.each(['Event', 'Invoke', 'a long channel'])(
  'a message with such a list ends its link and nothing else: %s',
  async (what) => {
    const [name, server] = await listenFresh();
    server.on('channel', () => {});
    server.handle('channel', () => {});
    const link = await connectRaw(name);
    onTestFinished(() => link.close());
    await until(() => server.peers.size === 1, 'it is connected');
    const [peer] = server.peers;
    const kind = what in MessageKind ? MessageKind[what as 'Event'] : MessageKind.Event;
    let end = writeHead(link.outgoing, kind, 1, 'channel');
    if (!(what in MessageKind)) {
      link.outgoing[1] = HeadFlag.ChannelInValues;
      link.outgoing.fill(0, 2, 4);
      end = headerLength;
    }
    const list = sparseList(4_294_967_295);
    link.outgoing[end] = structured;
    link.outgoing.set(list, end + 1);
    const sent = end + 1 + list.length;
    loadNative().send(link.number, sent, undefined);
    expect((await within(peer?.closed ?? Promise.reject(), 'the end')).code).toBe(
      'ERR_RINGWIRE_CORRUPT',
    );
  },
);

test('more arguments than an honest peer sends end its link, before a listener is called', async () => {
  const [name, server] = await listenFresh();
  let called = false;
  server.once('channel', () => {
    called = true;
  });
  const link = await connectRaw(name);
  onTestFinished(() => link.close());
  await until(() => server.peers.size === 1, 'it is connected');
  const [peer] = server.peers;
  const end = writeHead(link.outgoing, MessageKind.Event, 1, 'channel');
  link.outgoing[end] = structured + 1;
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(new Array(100_000).fill(1));
  loadNative().send(link.number, end + 1, serializer.releaseBuffer());
  expect((await within(peer?.closed ?? Promise.reject(), 'the end')).code).toBe(
    'ERR_RINGWIRE_CORRUPT',
  );
  expect(called).toBe(false);
});
