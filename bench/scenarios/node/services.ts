/** What the other end does, in scenarios of plain Node. */
import { WrongAnswer } from '../../harness/measure/check.ts';
import type { Service, Value } from '../scenario.ts';

function unexpected(value: Value): never {
  throw new WrongAnswer(`nothing one-way was expected, and ${value} came`);
}

export const increments = (): Service => ({
  answer: (value) => Number(value) + 1,
  receive: unexpected,
});

export const echoes = (): Service => ({ answer: (value) => value, receive: unexpected });
