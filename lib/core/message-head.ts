import { Buffer } from 'node:buffer';
import { readName } from './codec/text.ts';
import { RingwireError } from './errors.ts';

/**
 * The head of every message: 8 bytes and the channel, then the payload of the codec.
 *
 *     0      1       2                 4                8         8 + n
 *     | kind | flags | n: channel u16  | id u32         | channel | payload ...
 *
 * Numbers are little-endian. A peer wrote these bytes: everything is checked before it is used.
 */
export const headerLength = 8;

/** What a message is. The numbers are part of the protocol. */
export const MessageKind = {
  /** A message nobody answers. */
  Event: 1,
  /** A request whose sender blocks; the link's sequence number joins it to its answer. */
  Call: 2,
  /** A request whose sender goes on; `id` joins it to its answer. */
  Invoke: 3,
  /** The answer to a Call or an Invoke: one value. */
  Result: 4,
  /** The answer that there is no result, and why. */
  Failure: 5,
  /** The sender of Invoke `id` does not want the answer any more. */
  Cancel: 6,
  /** Holds the place of a message that travels out of band, by stock IPC (Electron). */
  Marker: 7,
  /** `ipcRenderer.postMessage` without ports: one value (Electron). */
  Post: 8,
  /** `ipcRenderer.sendToHost` (Electron). */
  Host: 9,
} as const;

export type MessageKind = (typeof MessageKind)[keyof typeof MessageKind];

/** Bits of the flags byte. */
export const HeadFlag = {
  /** The channel is the first of the values, since it is too long for the head. */
  ChannelInValues: 1,
} as const;

/** Longest channel, in UTF-8 bytes, that travels in the head. */
export const maxChannelLength = 1024;

/** The fields of a head. One object is reused for all heads of a transport. */
export interface HeadFields {
  kind: MessageKind;
  flags: number;
  id: number;
  channel: string;
  /** Where the payload begins in the head. */
  payload: number;
}

/** To be filled by {@link readHead}. */
export function emptyHeadFields(): HeadFields {
  return { kind: MessageKind.Event, flags: 0, id: 0, channel: '', payload: headerLength };
}

/**
 * Writes a head. Lone surrogates of the channel become U+FFFD, as in Electron.
 *
 * @returns the offset of the payload; 0 if the channel is too long. Then the flag `ChannelInValues` is
 * set, the payload begins at `headerLength`, and the caller puts the channel before the values.
 */
export function writeHead(
  head: Uint8Array,
  kind: MessageKind,
  id: number,
  channel: string,
): number {
  const length = writeChannel(head, channel);
  const flags = length < 0 ? HeadFlag.ChannelInValues : 0;
  const n = Math.max(length, 0);
  head[0] = kind;
  head[1] = flags;
  head[2] = n & 0xff;
  head[3] = n >>> 8;
  head[4] = id & 0xff;
  head[5] = (id >>> 8) & 0xff;
  head[6] = (id >>> 16) & 0xff;
  head[7] = id >>> 24;
  return length < 0 ? 0 : headerLength + n;
}

/** Returns the bytes that the channel took, or -1. Short ASCII names need no native call. */
function writeChannel(head: Uint8Array, channel: string): number {
  const length = channel.length;
  if (length > maxChannelLength) return -1;
  if (length <= 64) {
    let i = 0;
    for (; i < length; i++) {
      const unit = channel.charCodeAt(i);
      if (unit > 0x7f) break;
      head[headerLength + i] = unit;
    }
    if (i === length) return length;
  }
  const bytes = Buffer.from(channel, 'utf8');
  if (bytes.length > maxChannelLength) return -1;
  head.set(bytes, headerLength);
  return bytes.length;
}

/**
 * Reads the first `length` bytes of a head into `fields`.
 *
 * @throws {@link RingwireError} `ERR_RINGWIRE_CORRUPT` for anything {@link writeHead} does not
 * write.
 */
export function readHead(head: Uint8Array, length: number, fields: HeadFields): void {
  if (length < headerLength || length > head.length) corrupt(`a head of ${length} bytes`);
  const kind = head[0] as number;
  const flags = head[1] as number;
  const channelLength = (head[2] as number) | ((head[3] as number) << 8);
  const payload = headerLength + channelLength;
  if (kind < MessageKind.Event || kind > MessageKind.Host) corrupt(`message kind ${kind}`);
  if (flags > HeadFlag.ChannelInValues) corrupt(`message flags ${flags}`);
  if (channelLength > maxChannelLength || payload > length) {
    corrupt(`a channel of ${channelLength} bytes in a head of ${length}`);
  }
  if (flags !== 0 && channelLength !== 0) corrupt('a channel in two places');
  fields.kind = kind as MessageKind;
  fields.flags = flags;
  fields.id =
    ((head[4] as number) |
      ((head[5] as number) << 8) |
      ((head[6] as number) << 16) |
      ((head[7] as number) << 24)) >>>
    0;
  fields.channel = readChannel(head, headerLength, payload);
  fields.payload = payload;
}

function readChannel(head: Uint8Array, start: number, end: number): string {
  for (let i = start; i < end; i++) {
    if ((head[i] as number) > 0x7f) return Buffer.prototype.utf8Slice.call(head, start, end);
  }
  return readName(head, start, end - start);
}

function corrupt(detail: string): never {
  throw new RingwireError('ERR_RINGWIRE_CORRUPT', { detail });
}
