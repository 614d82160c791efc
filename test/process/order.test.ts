import { describe, expect, test } from 'vitest';
import { connect } from '../../lib/node/connect.ts';
import { nextMessage } from '../helpers/peers.ts';
import { forkFixture, listenFresh } from '../helpers/processes.ts';

describe('messages', () => {
  test('of all kinds arrive in the order they were sent', async () => {
    const [name, server] = await listenFresh({ capacity: 65_536 });
    const order: number[] = [];
    server.on('event', (_, i) => order.push(i));
    server.handle('invoke', (_, i) => order.push(i));
    const peer = await connect(name);
    const expected: number[] = [];
    const answers: Promise<unknown>[] = [];
    for (let i = 0; i < 3000; i++) {
      expected.push(i);
      const payload = i % 50 === 0 ? new Uint8Array(40_000) : undefined;
      if (i % 3 === 0) answers.push(peer.invoke('invoke', i, payload));
      else peer.send('event', i, payload);
    }
    await Promise.all(answers);
    await peer.invoke('invoke', 3000);
    peer.close();
    expect(order).toEqual([...expected, 3000]);
  });

  test('overtake nothing when sendSync follows them', async () => {
    const { peer } = await forkFixture('echo');
    const back: number[] = [];
    peer.on('echoed', (_, i) => back.push(i));
    for (let i = 0; i < 1000; i++) peer.send('echo', i);
    expect(peer.sendSync('echo', 'now')).toEqual(['now']);
    const end = nextMessage(peer, 'number');
    peer.send('send-back', 1);
    await end;
    expect(back).toEqual([...Array.from({ length: 1000 }, (_, i) => i), 'now']);
  });

  test('let promises and ticks run between any two of them', async () => {
    const { peer } = await forkFixture('echo');
    const order: string[] = [];
    const done = new Promise<void>((resolve) => {
      peer.on('number', (_, i) => {
        order.push(`message ${i}`);
        process.nextTick(() => order.push(`tick ${i}`));
        Promise.resolve().then(() => order.push(`promise ${i}`));
        if (i === 99) setImmediate(resolve);
      });
    });
    peer.send('send-back', 100);
    await done;
    const each = Array.from({ length: 100 }, (_, i) => [
      `message ${i}`,
      `tick ${i}`,
      `promise ${i}`,
    ]);
    expect(order).toEqual(each.flat());
  });
});
