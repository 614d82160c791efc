import fc from 'fast-check';
import { expect, test } from 'vitest';
import { structuredCodec } from '../../lib/core/codec/codec.ts';
import { RingwireError } from '../../lib/core/errors.ts';
import { decodeValues } from '../../lib/core/message.ts';
import {
  emptyHeadFields,
  headerLength,
  MessageKind,
  readHead,
} from '../../lib/core/message-head.ts';
import { connectedPeers } from '../helpers/peers.ts';

const codec = structuredCodec();
const kinds = Object.values(MessageKind);
const head = fc.tuple(
  fc.integer({ min: 0, max: 12 }),
  fc.nat(2),
  fc.nat(20),
  fc.constantFrom(0, 0, 0, 1, 255),
  fc.uint8Array({ minLength: 4, maxLength: 200 }),
);

test('a head that a peer made up is read or refused', () => {
  let readable = 0;
  fc.assert(
    fc.property(head, ([kind, flags, low, high, rest]) => {
      const bytes = Uint8Array.of(kind, flags, low, high, ...rest);
      const fields = emptyHeadFields();
      try {
        readHead(bytes, bytes.length, fields);
        expect(kinds).toContain(fields.kind);
        expect(fields.payload).toBe(headerLength + low + 256 * high);
        expect(fields.payload).toBeLessThanOrEqual(bytes.length);
        readable++;
        decodeValues(bytes, bytes.length, fields, codec, undefined);
      } catch (error) {
        expect(error).toBeInstanceOf(RingwireError);
        expect((error as RingwireError).code).toBe('ERR_RINGWIRE_CORRUPT');
      }
    }),
    { numRuns: 5000 },
  );
  expect(readable).toBeGreaterThan(0);
});

test('a peer that sends made-up heads ends its own connection and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(head, { minLength: 1, maxLength: 5 }),
      fc.nat(3),
      async (heads, sequence) => {
        const { here, there, thereTransport } = connectedPeers();
        there.on('', () => {});
        for (const [kind, flags, low, high, rest] of heads) {
          thereTransport.inject(
            Uint8Array.of(kind, flags, low, high, ...rest),
            undefined,
            sequence,
          );
        }
        here.close();
        expect((await there.closed).code).toMatch(/_(CORRUPT|CLOSED)$/);
      },
    ),
    { numRuns: 500 },
  );
});
