import { describe, expect, it } from 'vitest';
import {
  expectBytes,
  expectSame,
  Payload,
  WrongAnswer,
} from '../../../bench/harness/measure/check.ts';
import { Inbox } from '../../../bench/harness/measure/inbox.ts';

describe('checking answers', () => {
  it('accepts the expected value and no other', () => {
    expect(() => expectSame(4, 4)).not.toThrow();
    expect(() => expectSame('4', 4)).toThrow(new WrongAnswer('"4" came, 4 was expected'));
    expect(() => expectSame(undefined, 4)).toThrow(WrongAnswer);
    expect(() => expectSame(Number.NaN, 4)).toThrow(WrongAnswer);
  });

  it('compares bytes by content', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(() => expectBytes(Buffer.from(bytes), bytes)).not.toThrow();
    expect(() => expectBytes(Uint8Array.of(1, 2, 4), bytes)).toThrow(/^other bytes came/);
    expect(() => expectBytes(Uint8Array.of(1, 2), bytes)).toThrow('2 bytes came, 3 were expected');
    expect(() => expectBytes([1, 2, 3], bytes)).toThrow('1,2,3 came, 3 bytes were expected');
  });

  it('tells payloads of different turns apart, also when one is shifted', () => {
    const payload = new Payload(64);
    const turns = Array.from({ length: 600 }, () => Buffer.from(payload.next()).toString('hex'));
    expect(new Set(turns).size).toBe(turns.length);
  });

  it('waits for a burst to be whole and in order', async () => {
    const inbox = new Inbox();
    const whole = inbox.expect(3);
    for (const number of [0, 1, 2]) inbox.receive(number);
    await expect(whole).resolves.toBeUndefined();

    const broken = inbox.expect(3);
    for (const number of [0, 2, 1]) inbox.receive(number);
    await expect(broken).rejects.toThrow('message 2 came in the place of 1');
  });
});
