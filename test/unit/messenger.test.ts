import { expect, test } from 'vitest';
import { MessageKind } from '../../lib/core/message-head.ts';
import { Messenger, type Received } from '../../lib/core/messenger.ts';
import { MemoryTransport } from '../helpers/memory-transport.ts';
import { connectedPeers } from '../helpers/peers.ts';

/** V8 writes nothing for it, so nobody can read a message that holds one. */
const unreadable = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));

function exchange(...messages: [kind: MessageKind, id: number, channel: string, value: unknown][]) {
  const [here, there] = MemoryTransport.pair();
  const [sender, receiver] = [new Messenger(here), new Messenger(there)];
  const received: Promise<Received[]> = new Promise((resolve, reject) => {
    const list: Received[] = [];
    there.start((headLength, _sequence, body) => {
      try {
        list.push({ ...receiver.read(headLength, body) });
      } catch (error) {
        reject(error as Error);
      }
      if (list.length === messages.length) resolve(list);
    }, reject);
  });
  for (const [kind, id, channel, value] of messages) sender.send(kind, id, channel, [value]);
  return received;
}

test('values that cannot be read do not hide what message they belong to', async () => {
  const [first, second] = await exchange(
    [MessageKind.Invoke, 7, 'channel', unreadable],
    [MessageKind.Event, 0, 'next', 1],
  );
  expect(first).toMatchObject({ kind: MessageKind.Invoke, id: 7, channel: 'channel', values: [] });
  expect(first?.unreadable?.code).toBe('ERR_RINGWIRE_CORRUPT');
  expect(first?.unreadable?.cause).toBeInstanceOf(Error);
  expect(second).toMatchObject({ channel: 'next', values: [1], unreadable: undefined });
});

test('a channel that travels with values that cannot be read is lost, and that is corrupt', async () => {
  const exchanged = exchange([MessageKind.Event, 0, 'long'.repeat(20_000), unreadable]);
  await expect(exchanged).rejects.toMatchObject({ code: 'ERR_RINGWIRE_CORRUPT' });
});

test('between Node processes values that cannot be read end the connection', async () => {
  const { here, there } = connectedPeers();
  here.send('channel', unreadable);
  expect(await there.closed).toMatchObject({ code: 'ERR_RINGWIRE_CORRUPT' });
});
