import { serialize } from 'node:v8';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { PlainType, plainLimits } from '../../../lib/core/codec/plain/format.ts';
import { headerLength, MessageKind } from '../../../lib/core/message-head.ts';
import { mostMessages, mostValues } from '../../../lib/electron/batch/batch-buffer.ts';
import { hollow } from '../hollow.ts';
import type { Encoded } from '../samples.ts';
import { byte, holesIn, inputs } from './inputs.ts';
import { type Cost, type Input, Watchdog } from './watchdog.ts';

/**
 * What a message may cost, whatever its sender has put into it: a fixed price, and so much for a
 * byte. The dearest known are MessagePack's errors, at 300 bytes for a byte; a map takes 70.
 */
const budget = {
  bytes: (length: number) => 32 * 1024 + 500 * length,
  milliseconds: (length: number) => 10 + 0.005 * length,
};
/** A list of holes takes eight bytes for each, and is some bytes long. */
const hole = { bytes: 16, milliseconds: 0.001 };
const mostHoles = 100_000;
/** A measurement may be disturbed: the first time by compilation, any time by other processes. */
const attempts = 5;

/** Inputs that were too dear for an earlier budget. */
const known: Partial<Record<keyof typeof inputs, readonly Uint8Array[]>> = {
  // An error of MessagePack, again and again.
  msgpack: [Uint8Array.from([6, ...new Array(88).fill([0xd4, 0x65, 0x5b]).flat()])],
};

const watchdog = new Watchdog();
afterAll(() => watchdog.close());

function isWithin(cost: Cost, length: number, holes: number): boolean {
  return (
    cost.bytes <= budget.bytes(length) + holes * hole.bytes &&
    cost.milliseconds <= budget.milliseconds(length) + holes * hole.milliseconds
  );
}

/** Fails unless the input is read or refused, within the budget of a message of this length. */
async function expectCheap(input: Input, length: number, holes = 0): Promise<string> {
  let cost: Cost | undefined;
  for (let i = 0; i < attempts; i++) {
    cost = await watchdog.measure(input);
    expect(cost.outcome).toMatch(/^(values|ERR_RINGWIRE_CORRUPT)$/);
    if (isWithin(cost, length, holes)) return cost.outcome;
  }
  return expect.fail(`${length} bytes, ${holes} holes: ${JSON.stringify(cost)}`);
}

function lengthOf({ head, body }: Encoded): number {
  return head.length + (body?.length ?? 0);
}

function toInput({ head, body }: Encoded, whole = false): Input {
  return { head, body: body?.slice().buffer as ArrayBuffer | undefined, whole };
}

describe('a message costs in proportion to its bytes', { timeout: 300_000 }, () => {
  test.each(['plain', 'structured', 'json', 'msgpack'] as const)(
    'in the format %s',
    async (name) => {
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(inputs[name], async (input) => {
          const holes = holesIn(input);
          fc.pre(holes <= mostHoles);
          seen.add(await expectCheap(toInput(input), lengthOf(input), holes));
        }),
        {
          numRuns: 3000,
          examples: (known[name] ?? []).map((head): [Encoded] => [{ head, body: undefined }]),
        },
      );
      expect(seen).toEqual(new Set(['values', 'ERR_RINGWIRE_CORRUPT']));
    },
  );

  test('with its head', async () => {
    const kind = fc.constantFrom(...Object.values(MessageKind), 0, 255);
    const channel = fc.uint8Array({ maxLength: 1100 });
    const lie = fc.option(fc.tuple(byte, byte), { freq: 4, nil: undefined });
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(kind, fc.nat(2), channel, lie, inputs.plain, async (...parts) => {
        const [first, flags, name, length, { head, body }] = parts;
        const holes = holesIn({ head, body });
        fc.pre(holes <= mostHoles);
        const whole = new Uint8Array(headerLength + name.length + head.length);
        whole.set([first, flags, ...(length ?? [name.length & 0xff, name.length >> 8])]);
        whole.set(name, headerLength);
        whole.set(head, headerLength + name.length);
        const input = { head: whole, body };
        seen.add(await expectCheap(toInput(input, true), lengthOf(input), holes));
      }),
      { numRuns: 2000 },
    );
    expect(seen).toEqual(new Set(['values', 'ERR_RINGWIRE_CORRUPT']));
  });

  test('in a batch', async () => {
    const count = fc.integer({ min: 1, max: mostMessages });
    const run = fc
      .tuple(fc.constantFrom('a', 'b'), count, fc.nat(mostValues), fc.boolean(), fc.boolean())
      .map(([channel, messages, values, holes, calls]) => {
        const each = Math.floor(values / messages);
        const list = holes
          ? hollow(each * messages)
          : new Array(Math.min(each, 9) * messages).fill(0);
        return [channel, messages, list, calls ? new Array(messages).fill(0) : []];
      });
    const times = fc.integer({ min: 1, max: mostMessages });
    const runs = fc
      .array(fc.tuple(run, times), { maxLength: 3 })
      .map((parts) => parts.flatMap(([each, again]) => new Array<unknown>(again).fill(each)));
    const most = [new Array(mostMessages).fill(['a', mostMessages, hollow(mostValues), []])];
    await fc.assert(
      fc.asyncProperty(runs, async (input) => {
        await expectCheap({ runs: input }, serialize(input).length, mostValues);
      }),
      { numRuns: 200, examples: most.map((each) => [each]) },
    );
  });

  test('but for objects with large numbers as keys, of which plain bytes have only so many', async () => {
    const key = (name: string) => [PlainType.Ascii, name.length, 0, ...Buffer.from(name)];
    const keys = [2, ...key('1023'), ...key('2575')];
    const object = [PlainType.ObjectOfShape, 0, PlainType.Null, PlainType.Null];
    const list = [PlainType.Array, 255, ...new Array(255).fill(object).flat()];
    const lists = new Array(15).fill(list).flat();
    const first = [PlainType.Object, ...keys, PlainType.Null, PlainType.Null];
    const head = Uint8Array.from([1, 16, ...first, ...lists]);
    const { outcome, bytes } = await watchdog.measure({ head, body: undefined, whole: false });
    expect(outcome).toBe('ERR_RINGWIRE_CORRUPT');
    // V8 gives each of them elements for all smaller numbers.
    expect(bytes).toBeLessThan(plainLimits.values * 48 * 1024);
  });
});
