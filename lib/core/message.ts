import { Buffer } from 'node:buffer';
import type { Codec } from './codec/base.ts';
import type { TakeShared } from './codec/shared.ts';
import { RingwireError } from './errors.ts';
import {
  type HeadFields,
  HeadFlag,
  headerLength,
  type MessageKind,
  writeHead,
} from './message-head.ts';

/**
 * Writes a whole message, head and values, to `out`.
 *
 * @returns the length of the head; the body is `codec.body`.
 * @throws {@link RingwireError} `ERR_RINGWIRE_UNCLONABLE`
 */
export function encodeMessage(
  out: Uint8Array,
  codec: Codec,
  kind: MessageKind,
  id: number,
  channel: string,
  values: readonly unknown[],
): number {
  const payload = writeHead(out, kind, id, channel);
  if (payload === 0) return encodeLongChannel(out, codec, kind, id, channel, values);
  const end = codec.encode(values, out, payload);
  // A getter may have sent a message of its own through `out` before the values were written.
  if (codec.ranCode) writeHead(out, kind, id, channel);
  return end;
}

function encodeLongChannel(
  out: Uint8Array,
  codec: Codec,
  kind: MessageKind,
  id: number,
  channel: string,
  values: readonly unknown[],
): number {
  const wellFormed = Buffer.from(channel, 'utf8').toString('utf8');
  const end = codec.encode([wellFormed, ...values], out, headerLength);
  writeHead(out, kind, id, channel);
  return end;
}

/**
 * Reads the values of a message whose head was read. A channel that travelled with the values is
 * put into the fields.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_CORRUPT`
 */
export function decodeValues(
  head: Uint8Array,
  headLength: number,
  fields: HeadFields,
  codec: Codec,
  body: ArrayBuffer | undefined,
  takeShared?: TakeShared,
): unknown[] {
  const values = codec.decode(head, fields.payload, headLength, body, takeShared);
  if (fields.flags === HeadFlag.ChannelInValues) {
    const channel = values.shift();
    if (typeof channel !== 'string') {
      throw new RingwireError('ERR_RINGWIRE_CORRUPT', { detail: 'a channel that is no string' });
    }
    fields.channel = channel;
  }
  return values;
}
