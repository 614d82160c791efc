import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { MessageKind } from '../../lib/core/message-head.ts';
import { Messenger } from '../../lib/electron/messenger.ts';
import { RingRenderer } from '../../lib/electron/renderer/ring-renderer.ts';
import { MemoryTransport } from '../helpers/memory-transport.ts';

test('the `up` of a document before lets nothing of this ring overtake stock IPC', async () => {
  const [ours, theirs] = MemoryTransport.pair();
  const heard: unknown[] = [];
  let read = 0;
  const { start } = ours;
  ours.start = (onMessage, onClose) => {
    const reading: typeof onMessage = (...message) => {
      onMessage(...message);
      read++;
    };
    start.call(ours, reading, onClose);
  };
  const ring = new RingRenderer(ours, 'structured', {
    document: 2,
    emit: (_channel, _ports, args) => heard.push(args?.[0]),
    expectSender() {},
    tasks: undefined,
    drained() {},
    ended() {},
  });
  ring.start();
  new Messenger(theirs, 'structured').send(MessageKind.Event, 0, 'news', ['by the ring']);
  while (read === 0) await setImmediate();
  ring.fromStock(['up', 1], []);
  expect(heard).toEqual([]);
  heard.push('by stock IPC');
  ring.fromStock(['up', 2], []);
  expect(heard).toEqual(['by stock IPC', 'by the ring']);
});
