import { expect, test } from 'vitest';
import { readRuns } from '../../lib/electron/batch/runs.ts';
import { PRIVATE_CHANNEL } from '../../lib/electron/protocol.ts';
import { hollow } from './hollow.ts';

test.each([
  ['nothing', undefined],
  ['a number', 5],
  ['an object', { length: 1, 0: ['a', 1, [1], []] }],
  ['runs that are none', [1, null, 'text', {}, []]],
  ['a channel that is no text', [[5, 1, [1], []]]],
  ['the channel of ringwire itself', [[PRIVATE_CHANNEL, 1, ['stock'], []]]],
  ['a count that is none', [['a', 'text', [1], []]]],
  ['a count of nothing', [['a', 0, [], []]]],
  ['runs that are holes', hollow(4_294_967_295)],
  ['more values than anybody sends', [['a', 1, hollow(4_294_967_295), []]]],
  ['more values than its messages may have', [['a', 256, hollow(256 * 200_000), []]]],
  ['half a message', [['a', 1.5, [1, 2, 3], []]]],
  ['more messages than anybody sends', [['a', 257, [], []]]],
  ['values that are no list', [['a', 1, 5, []]]],
  ['values that cannot be shared out', [['a', 2, [1, 2, 3], []]]],
  ['numbers that are no list', [['a', 1, [1], 5]]],
  ['fewer numbers than messages', [['a', 2, [1, 2], [1]]]],
])('a batch of a hostile page with %s has no message', (_what, runs) => {
  expect(readRuns(runs, true)).toEqual([]);
});

test('what is right in a batch stays beside what is wrong', () => {
  const right = [
    ['a', 2, [1, 2], []],
    ['b', 1, [3], [7]],
  ];
  expect(readRuns([null, right[0], ['c', 5, 5, []], right[1]], true)).toEqual(right);
});

test('a batch has no more messages and values than anybody sends, however few bytes they are', () => {
  const messages = ['a', 256, [], []];
  expect(readRuns([messages, messages], true)).toEqual([messages]);
  const values = ['a', 1, new Array(36_864).fill(0), []];
  const small = ['a', 1, [1], []];
  expect(readRuns([values, small, small], true)).toEqual([values]);
});

test('calls in a batch that cannot be answered are left out', () => {
  const sent = ['a', 1, [1], []];
  expect(readRuns([sent, ['b', 1, [2], [7]]], false)).toEqual([sent]);
});
