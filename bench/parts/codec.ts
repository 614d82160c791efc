import { structuredCodec } from '../../lib/core/codec/codec.ts';
import { decodeValues, encodeMessage } from '../../lib/core/message.ts';
import { emptyHeadFields, MessageKind, readHead } from '../../lib/core/message-head.ts';
import { expectSame } from '../harness/measure/check.ts';
import { medianOf, timed } from './median.ts';
import type { Parts } from './parts.ts';

const batch = 1000;

/** Writing and reading the messages of the scenarios, without sending them. */
export async function measureCodec(): Promise<Parts['codec']> {
  const bytes = new Uint8Array(64 * 1024);
  return { number: await measure([1234]), bytes: await measure([bytes], bytes.buffer) };
}

async function measure(values: readonly unknown[], body?: ArrayBuffer) {
  const codec = structuredCodec();
  const fields = emptyHeadFields();
  const head = new Uint8Array(16 * 1024);
  let length = 0;
  let read: readonly unknown[] = [];
  const encode = await medianOf(batch, (count) =>
    timed(count, () => {
      length = encodeMessage(head, codec, MessageKind.Event, 0, 'increment', values);
      codec.release();
    }),
  );
  const decode = await medianOf(batch, (count) =>
    timed(count, () => {
      readHead(head, length, fields);
      read = decodeValues(head, length, fields, codec, body);
    }),
  );
  expectSame(String(read), String(values));
  return { encode, decode };
}
