import { describe, expect, it } from 'vitest';
import {
  type Limits,
  measure,
  type Operation,
  type Patience,
  type Work,
} from '../../../bench/harness/measure/measure.ts';
import { measureWork } from '../../../bench/harness/measure/work.ts';

const limits: Limits = { warmUp: 10, atLeast: 20, atMost: 100, precision: 0.05 };

/** An operation that makes so many messages that the time alone says when it is warm. */
const burst = (operation: Operation): Work => ({ operation, messages: 1_000_000 });

/** A clock that moves only when an operation says so. */
class Time {
  microseconds = 0;
  readonly now = (): number => this.microseconds;
  takes(microseconds: number): number {
    this.microseconds += microseconds;
    return microseconds;
  }
}

describe('measure', () => {
  it('counts nothing of the warm-up', async () => {
    const time = new Time();
    let calls = 0;
    let warm = 0;
    const { samples } = await measure(
      burst(() => time.takes(++calls > 10 ? 1000 : 1001)),
      limits,
      () => {
        warm = calls;
      },
      time.now,
    );
    expect(warm).toBe(10);
    expect([...new Set(samples)]).toEqual([1000]);
    expect(samples.length).toBe(calls - warm);
  });

  /** How many operations of a millisecond are done until it counts as warm. */
  async function warmAfter(messages: number): Promise<number> {
    const time = new Time();
    let calls = 0;
    let warm = 0;
    const operation = (): number => {
      calls++;
      return time.takes(1000);
    };
    const onWarm = (): void => {
      warm = calls;
    };
    await measure({ operation, messages }, limits, onWarm, time.now);
    return warm;
  }

  it('is warm after the time, and after enough messages or three times as long', async () => {
    expect(await warmAfter(1000)).toBe(10); // 5000 messages were done before the time was over
    expect(await warmAfter(250)).toBe(20); // 5000 messages later than that
    expect(await warmAfter(1)).toBe(30); // and never so many
  });

  it('stops at the earliest moment when all samples agree', async () => {
    const time = new Time();
    const { samples, elapsed } = await measure(
      burst(() => time.takes(1000)),
      limits,
      undefined,
      time.now,
    );
    expect(elapsed).toBe(20_000);
    expect(samples.length).toBe(20);
  });

  it('goes on to the last moment when they do not', async () => {
    const time = new Time();
    let calls = 0;
    const { elapsed } = await measure(
      burst(() => time.takes(++calls % 2 ? 100 : 1900)),
      limits,
      undefined,
      time.now,
    );
    expect(elapsed).toBeGreaterThanOrEqual(100_000);
    expect(elapsed).toBeLessThan(102_000);
  });

  it('has patience until there are enough samples, but not for ever', async () => {
    async function samplesWith(patience: Patience): Promise<number> {
      const time = new Time();
      const slow = burst(() => time.takes(50_000));
      const all = { ...limits, precision: 0, patience };
      const { samples } = await measure(slow, all, undefined, time.now);
      return samples.length;
    }
    expect(await samplesWith({ samples: 20, atMost: 5000 })).toBe(20);
    expect(await samplesWith({ samples: 20, atMost: 400 })).toBe(8);
    expect(await samplesWith({ samples: 1, atMost: 5000 })).toBe(2); // the usual time
  });

  it('does not end with fewer samples than are wanted, though they agree', async () => {
    const time = new Time();
    const { samples } = await measure(
      burst(() => time.takes(1000)),
      { ...limits, patience: { samples: 70, atMost: 1000 } },
      undefined,
      time.now,
    );
    expect(samples.length).toBe(70);
  });

  it('measures at least once, however long that takes', async () => {
    const time = new Time();
    const { samples } = await measure(
      burst(() => time.takes(9e9)),
      limits,
      undefined,
      time.now,
    );
    expect([...samples]).toEqual([9e9]);
  });

  it('stays within one turn when operations are synchronous', async () => {
    const time = new Time();
    let turns = 0;
    let measuring = true;
    const count = (): void => {
      turns++;
      if (measuring) setImmediate(count);
    };
    const { samples } = await measure(
      burst(() => time.takes(1)),
      limits,
      () => void setImmediate(count),
      time.now,
    );
    expect(turns).toBe(0);
    expect(samples.length).toBeGreaterThan(4096); // more than it begins with room for
    measuring = false;
  });

  it('ends with the error of an operation', async () => {
    const wrong = new Error('3 came, 4 was expected');
    await expect(
      measure(
        burst(() => Promise.reject(wrong)),
        limits,
      ),
    ).rejects.toBe(wrong);
  });
});

describe('measureWork', () => {
  it('counts messages, answers and the CPU time after the warm-up', async () => {
    let reading = 0;
    const found = await measureWork(
      { messages: 10, operation: () => 5 },
      { warmUp: 0, atLeast: 0, atMost: 0, precision: 1 },
      async () => {
        reading++;
        return { caller: reading * 1000, answerer: reading === 1 ? 70 : 100 };
      },
    );
    expect(found).toMatchObject({
      operations: 10,
      answersChecked: 20, // those of the warm-up are checked as well
      cpu: { caller: 1000, answerer: 30 },
    });
    expect([...found.samples]).toEqual([5]);
  });

  it('leaves the other end out where it is in the same process', async () => {
    const { cpu } = await measureWork(
      { messages: 1, operation: () => 5 },
      { warmUp: 0, atLeast: 0, atMost: 0, precision: 1 },
      async () => ({ caller: 1, answerer: null }),
    );
    expect(cpu).toEqual({ caller: 0, answerer: null });
  });
});
