import { expect, it } from 'vitest';
import { lesser } from '../../../bench/harness/floor.ts';

const here = {
  ...{ spin: 0.1, futex: 90, stream: 0.01 },
  memcpy: { 65536: 2, 1048576: 20 },
  echo: { 65536: 60, 1048576: 900 },
  pages: { 65536: 20, 1048576: 250 },
};
const there = {
  ...{ spin: 0.5, futex: 5, stream: 0.07 },
  memcpy: { 65536: 1, 1048576: 30 },
  echo: { 65536: 9, 1048576: 1000 },
  pages: { 65536: 30, 1048576: 200 },
};

it('takes the lesser of each time, whichever measurement had it', () => {
  const least = {
    ...{ spin: 0.1, futex: 5, stream: 0.01 },
    memcpy: { 65536: 1, 1048576: 20 },
    echo: { 65536: 9, 1048576: 900 },
    pages: { 65536: 20, 1048576: 200 },
  };
  expect(lesser(here, there)).toEqual(least);
  expect(lesser(there, here)).toEqual(least);
});
