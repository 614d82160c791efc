import { describe, expect, it } from 'vitest';
import { Deframer } from '../../../bench/contenders/node/deframer.ts';
import { overPipe, type Packet, servePipe } from '../../../bench/contenders/node/packets.ts';
import { find } from '../../../bench/harness/find.ts';
import { WrongAnswer } from '../../../bench/harness/measure/check.ts';
import { nodeScenarios } from '../../../bench/scenarios/node.ts';
import type { Value } from '../../../bench/scenarios/scenario.ts';

describe('services of plain Node scenarios', () => {
  const service = (id: string) => find(nodeScenarios, id, 'scenario').service();

  it('count only what comes in order', () => {
    const { receive, answer } = service('node-one-way');
    for (const number of [0, 1, 3, 2, 5]) receive(number);
    expect(answer('counted')).toBe(3);
    expect(answer('counted')).toBe(0);
  });

  it('answer with a new number, or with the same bytes', () => {
    expect(service('node-call').answer(41)).toBe(42);
    const bytes = Uint8Array.of(7);
    expect(service('node-1m').answer(bytes)).toBe(bytes);
    expect(() => service('node-call').receive(1)).toThrow(WrongAnswer);
  });
});

describe('packets', () => {
  it('brings every answer to the request that asked, and nothing to others', async () => {
    const toServer: ((packet: Packet) => void)[] = [];
    const toCaller: ((packet: Packet) => void)[] = [];
    const received: Value[] = [];
    const close = (): void => {};
    const held: Packet[] = [];
    const caller = overPipe({
      send: (packet) => void held.push(packet),
      onPacket: (listener) => void toCaller.push(listener),
      close,
    });
    servePipe(
      {
        send: (packet) => toCaller.forEach((listener) => void listener(packet)),
        onPacket: (listener) => void toServer.push(listener),
        close,
      },
      { answer: (value) => `${value}!`, receive: (value) => void received.push(value) },
    );
    const answers = Promise.all(['a', 'b', 'c'].map((value) => caller.request(value)));
    caller.post('one way');
    for (const packet of held.toReversed()) toServer[0]?.(packet);
    expect(await answers).toEqual(['a!', 'b!', 'c!']);
    expect(received).toEqual(['one way']);
  });
});

describe('Deframer', () => {
  const framed = (text: string): Buffer => {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(text.length);
    return Buffer.concat([head, Buffer.from(text)]);
  };

  it.each([1, 2, 3, 5, 7, 1000])('finds messages in chunks of %i bytes', (size) => {
    const messages = ['', 'a', 'x'.repeat(300), 'last'];
    const stream = Buffer.concat(messages.map(framed));
    const found: string[] = [];
    const deframer = new Deframer((body) => found.push(body.toString()));
    for (let from = 0; from < stream.length; from += size) {
      deframer.push(stream.subarray(from, from + size));
    }
    expect(found).toEqual(messages);
  });
});
