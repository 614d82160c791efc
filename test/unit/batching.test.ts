import { describe, expect, test, vi } from 'vitest';
import { BatchBuffer, mostOpenCalls } from '../../lib/electron/batch/batch-buffer.ts';
import { afterTask, Coalescer } from '../../lib/electron/batch/coalescer.ts';
import { messageOf } from '../../lib/electron/batch/runs.ts';
import { Answers } from '../../lib/electron/main/batch/answers.ts';
import type { BatchAnswers } from '../../lib/electron/protocol.ts';
import { BatchingRenderer } from '../../lib/electron/renderer/batch/batching.ts';
import { plainCopy } from '../../lib/electron/renderer/batch/plain-copy.ts';
import { smallSnapshot } from '../../lib/electron/snapshot.ts';

function isCloneable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

describe('a burst', () => {
  test('lets the first messages of a task go, and collects what follows until it ends', async () => {
    let flushed = 0;
    const burst = new Coalescer(2, () => flushed++, afterTask);
    expect([burst.next(), burst.next(), burst.next(), burst.next()]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(flushed).toBe(0);
    await Promise.resolve();
    expect(flushed).toBe(1);
    expect(burst.next()).toBe(false);
  });

  test('ends where the sender takes its time', () => {
    let flushed = 0;
    const burst = new Coalescer(1, () => flushed++, afterTask);
    expect([burst.next(), burst.next()]).toEqual([false, true]);
    const begin = Date.now();
    while (Date.now() < begin + 3);
    expect(burst.next()).toBe(false);
    expect(flushed).toBe(1);
  });
});

describe('a batch buffer', () => {
  test('names a channel once for messages that follow each other and are alike', () => {
    const batch = new BatchBuffer();
    const copy = (...values: unknown[]) => ({ values, size: 1 });
    batch.add('a', copy(1, 'x'));
    batch.add('a', copy(2, 'y'));
    batch.add('a', copy(3));
    batch.add('a', copy(4), 7);
    batch.add('b', copy());
    batch.add('b', copy());
    const runs = batch.take();
    expect(runs).toEqual([
      ['a', 2, [1, 'x', 2, 'y'], []],
      ['a', 1, [3], []],
      ['a', 1, [4], [7]],
      ['b', 2, [], []],
    ]);
    const messages = runs.map((run) => [0, 1].map((index) => messageOf(run, index)));
    expect(messages[0]).toEqual([
      [1, 'x'],
      [2, 'y'],
    ]);
    expect(messages[3]).toEqual([[], []]);
    expect(batch.empty).toBe(true);
  });

  test('is full after 256 messages, or fewer that are large', () => {
    const fill = (size: number): number => {
      const batch = new BatchBuffer();
      let count = 1;
      while (!batch.add('a', { values: [], size })) count++;
      return count;
    };
    expect(fill(1)).toBe(256);
    expect(fill(4096)).toBe(8);
  });
});

describe.each([
  ['plainCopy', plainCopy],
  ['smallSnapshot', smallSnapshot],
])('%s', (_name, copy) => {
  test.each([
    ['primitives', [1, 'text', true, null, undefined, 2n, -0]],
    ['objects', [{ a: [1, { b: new Date(5) }] }, 'x']],
  ])('takes %s as they are now', (_what, values) => {
    const taken = copy(values);
    expect(taken?.values).toEqual(values);
    for (const [i, value] of values.entries()) {
      if (typeof value === 'object' && value) expect(taken?.values[i]).not.toBe(value);
    }
  });

  test('keeps the identity of what is in a message twice', () => {
    const shared = { a: 1 };
    const [first, second] = (copy([shared, [shared]])?.values ?? []) as [object, object[]];
    expect(second?.[0]).toBe(first);
  });

  test.each([
    ['a function', () => () => 1],
    ['a symbol', () => Symbol('s')],
    ['a proxy', () => new Proxy({}, {})],
    ['a text that is too long', () => 'x'.repeat(5000)],
    ['many members', () => Array.from({ length: 5000 }, (_, i) => i)],
    ['a large buffer', () => new Uint8Array(5000)],
  ])('leaves %s to Electron', (_what, make) => {
    expect(copy([make()])).toBeUndefined();
  });
});

describe('plainCopy', () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  test.each([
    ['an error', new Error('m')],
    ['a map', new Map()],
    ['a boxed number', Object(1)],
    ['bytes', new Uint8Array(2)],
    ['bytes inside', { bytes: new Uint8Array(2) }],
    ['a cycle', cycle],
  ])('leaves %s to Electron', (_what, value) => {
    expect(plainCopy([value])).toBeUndefined();
  });
});

test('a document sends 65536 calls in batches, and more of them alone until there are answers', async () => {
  vi.stubGlobal('addEventListener', () => {});
  vi.useFakeTimers({ toFake: ['Date'] });
  const asked: unknown[][] = [];
  const replies: ((answers: BatchAnswers) => void)[] = [];
  const stock = {
    send() {},
    invoke: (...args: unknown[]) => {
      asked.push(args);
      return new Promise((resolve) => replies.push(resolve));
    },
  };
  const document = new BatchingRenderer(stock as never, () => {});
  document.fromStock(['accept-batches', 0], []);
  const calls = Array.from({ length: mostOpenCalls }, () => document.tryInvoke('ask', []));
  expect(calls.every((call) => call !== undefined)).toBe(true);
  expect(document.tryInvoke('ask', [])).toBe(undefined);
  expect(asked).toHaveLength(mostOpenCalls / 256);
  replies[0]?.({ answers: [[1, { result: 'one' }]] });
  expect(await calls[0]).toEqual({ result: 'one' });
  expect(document.tryInvoke('ask', [])).toBeDefined();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('answers', () => {
  function offers(answers: Answers) {
    const sent: (readonly (readonly [number, unknown])[])[] = [];
    const offer = () => answers.offer((reply) => sent.push((reply as BatchAnswers).answers));
    return { sent, offer };
  }

  test('of a batch leave together when it has been dispatched, the others when they are there', async () => {
    const answers = new Answers(isCloneable);
    const { sent, offer } = offers(answers);
    answers.expect(3);
    offer();
    answers.answer(1, 'channel', { result: 'a' });
    answers.answer(3, 'channel', { result: 'c' });
    expect(sent).toEqual([]);
    answers.release();
    const first = [
      [1, { result: 'a' }],
      [3, { result: 'c' }],
    ];
    expect(sent).toEqual([first]);
    answers.answer(2, 'channel', { error: 'b' });
    await Promise.resolve();
    expect(sent).toEqual([first]);
    offer();
    expect(sent).toEqual([first, [[2, { error: 'b' }]]]);
  });

  test('keep no more stock calls open than there are calls without an answer', () => {
    const answers = new Answers(isCloneable);
    const { sent, offer } = offers(answers);
    for (let i = 0; i < 3; i++) {
      answers.expect(1);
      offer();
    }
    answers.answer(0, 'channel', { result: 0 });
    answers.answer(1, 'channel', { result: 1 });
    answers.release();
    expect(sent).toEqual([
      [
        [0, { result: 0 }],
        [1, { result: 1 }],
      ],
      [],
    ]);
    offer();
    expect(sent.at(-1)).toEqual([]);
  });

  test('wait for 65536 calls of batches, and one to a lone call does not wait behind them', () => {
    const answers = new Answers(isCloneable);
    const { sent, offer } = offers(answers);
    answers.expect(mostOpenCalls);
    for (let i = 0; i < mostOpenCalls; i++) answers.answer(i, 'channel', { result: i });
    const alone: unknown[] = [];
    answers.answerAlone('channel', { result: 'alone' }, (reply) => alone.push(reply));
    expect(alone).toEqual([{ result: 'alone' }]);
    expect(answers.room).toBe(0);
    answers.release();
    offer();
    expect(sent[0]).toHaveLength(mostOpenCalls);
    expect(answers.room).toBe(mostOpenCalls);
  });

  test('are those of the moment, and refused when they cannot be cloned', () => {
    const answers = new Answers(isCloneable);
    const { sent, offer } = offers(answers);
    answers.expect(1);
    offer();
    expect(() => answers.answer(1, 'channel', { result: () => 1 })).toThrow(
      'An object could not be cloned.',
    );
    const result = { n: 1 };
    answers.answer(1, 'channel', { result });
    result.n = 2;
    answers.release();
    expect(sent).toEqual([[[1, { result: { n: 1 } }]]]);
  });

  test('to calls that came alone leave in their place among the others', () => {
    const answers = new Answers(isCloneable);
    const { sent, offer } = offers(answers);
    const alone = (value: unknown) =>
      answers.answerAlone('channel', value, (reply) => sent.push(reply as []));
    alone('nothing waits');
    answers.expect(3);
    offer();
    answers.answer(1, 'channel', { result: 1 });
    alone('behind 1');
    answers.answer(2, 'channel', { result: 2 });
    alone('behind 2');
    answers.release();
    expect(sent).toEqual(['nothing waits', [[1, { result: 1 }]], 'behind 1']);
    offer();
    expect(sent.slice(3)).toEqual([[[2, { result: 2 }]], 'behind 2']);
  });

  test('go without the image that cannot be cloned', () => {
    class NativeImage {
      readonly getSize = () => 1;
    }
    const answers = new Answers(isCloneable);
    const sent: unknown[] = [];
    const send = (reply: unknown) => sent.push(structuredClone(reply));
    answers.expect(2);
    answers.offer(send);
    answers.answer(1, 'channel', { result: 'good' });
    answers.answer(2, 'channel', { result: new NativeImage() });
    answers.answerAlone('channel', { result: new NativeImage() }, send);
    const printed = vi.spyOn(console, 'error').mockReturnValue();
    answers.release();
    expect(sent).toEqual([
      {
        answers: [
          [1, { result: 'good' }],
          [2, { error: expect.stringContaining('could not be cloned') }],
        ],
      },
      { error: expect.stringContaining('could not be cloned') },
    ]);
    expect(printed).toHaveBeenCalledTimes(2);
    printed.mockRestore();
  });
});
