import { describe, expect, it } from 'vitest';
import { measureCodec } from '../../../bench/parts/codec.ts';
import { medianOf, timed } from '../../../bench/parts/median.ts';

describe('a piece that is measured alone', () => {
  it('is warmed up, and is the median of batches', async () => {
    let batches = 0;
    // The first one takes for ever, and every tenth twice as long.
    const found = await medianOf(10, (count) => {
      expect(count).toBe(10);
      batches++;
      if (batches === 1) return 1e9;
      return batches % 10 === 0 ? 100 : 50;
    });
    expect(found).toBe(5);
    expect(batches).toBeGreaterThan(10);
  });

  it('waits for batches that are not synchronous', async () => {
    expect(await medianOf(4, async () => 12)).toBe(3);
  });

  it('is done as often as it says', () => {
    let calls = 0;
    expect(
      timed(7, () => {
        calls++;
      }),
    ).toBeGreaterThan(0);
    expect(calls).toBe(7);
  });

  it('encodes and decodes what the scenarios send', async () => {
    const { number, bytes } = await measureCodec();
    for (const time of [number.encode, number.decode, bytes.encode, bytes.decode]) {
      expect(time).toBeGreaterThan(0);
    }
  });
});
