import { Buffer } from 'node:buffer';
import type { Codec } from './codec/codec.ts';
import type { TakeShared } from './codec/shared.ts';
import { RingwireError } from './errors.ts';
import { type Frame, FrameFlag, type FrameKind, headerLength, writeFrame } from './message-head.ts';

/**
 * Writes a whole message, frame and values, to `out`.
 *
 * @returns the length of the head; the body is `codec.body`.
 * @throws {@link RingwireError} `ERR_RINGWIRE_UNCLONABLE`
 */
export function encodeMessage(
  out: Uint8Array,
  codec: Codec,
  kind: FrameKind,
  id: number,
  channel: string,
  values: readonly unknown[],
): number {
  const payload = writeFrame(out, kind, id, channel);
  if (payload === 0) return encodeLongChannel(out, codec, kind, id, channel, values);
  const end = codec.encode(values, out, payload);
  // A getter may have sent a message of its own through `out` before the values were written.
  if (codec.ranCode) writeFrame(out, kind, id, channel);
  return end;
}

function encodeLongChannel(
  out: Uint8Array,
  codec: Codec,
  kind: FrameKind,
  id: number,
  channel: string,
  values: readonly unknown[],
): number {
  const wellFormed = Buffer.from(channel, 'utf8').toString('utf8');
  const end = codec.encode([wellFormed, ...values], out, headerLength);
  writeFrame(out, kind, id, channel);
  return end;
}

/**
 * Reads the values of a message whose frame was read. A channel that travelled with the values is
 * put into the frame.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_CORRUPT`
 */
export function decodeValues(
  head: Uint8Array,
  headLength: number,
  frame: Frame,
  codec: Codec,
  body: ArrayBuffer | undefined,
  takeShared?: TakeShared,
): unknown[] {
  const values = codec.decode(head, frame.payload, headLength, body, takeShared);
  if (frame.flags === FrameFlag.ChannelInValues) {
    const channel = values.shift();
    if (typeof channel !== 'string') {
      throw new RingwireError('ERR_RINGWIRE_CORRUPT', { detail: 'a channel that is no string' });
    }
    frame.channel = channel;
  }
  return values;
}
