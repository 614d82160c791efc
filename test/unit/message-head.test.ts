import { describe, expect, test } from 'vitest';
import { structuredCodec } from '../../lib/core/codec/codec.ts';
import { decodeValues, encodeMessage } from '../../lib/core/message.ts';
import {
  emptyHeadFields,
  HeadFlag,
  headerLength,
  MessageKind,
  maxChannelLength,
  readHead,
  writeHead,
} from '../../lib/core/message-head.ts';

const head = new Uint8Array(16 * 1024);

function crossed(channel: string, id = 1): string {
  const length = encodeMessage(head, codec, MessageKind.Event, id, channel, []);
  const fields = emptyHeadFields();
  readHead(head, length, fields);
  decodeValues(head, length, fields, codec, codec.body && bodyOf(codec.body));
  return fields.channel;
}

const codec = structuredCodec();
const bodyOf = (bytes: Uint8Array): ArrayBuffer => bytes.slice().buffer as ArrayBuffer;

describe('a head', () => {
  test('carries kind, id and channel', () => {
    for (const kind of Object.values(MessageKind)) {
      for (const id of [0, 1, 255, 256, 0x7fffffff, 0x80000000, 0xffffffff]) {
        const payload = writeHead(head, kind, id, 'app:save');
        const fields = emptyHeadFields();
        readHead(head, payload, fields);
        expect(fields).toEqual({ kind, flags: 0, id, channel: 'app:save', payload });
      }
    }
  });

  test.each([
    ['an empty channel', ''],
    ['the longest channel in the loop', 'c'.repeat(64)],
    ['a channel beyond the loop', 'c'.repeat(65)],
    ['the longest channel in the head', 'c'.repeat(maxChannelLength)],
    ['a channel of other letters', 'größe-зображення-画像-🖼'],
    ['a channel with control characters', '\0\u0001\n\u007f\u0080'],
    ['a channel too long for the head', 'c'.repeat(maxChannelLength + 1)],
    ['a channel that is too long in UTF-8 only', 'ü'.repeat(maxChannelLength)],
    ['a channel longer than a head can be', '画'.repeat(100_000)],
  ])('carries %s', (_, channel) => {
    expect(crossed(channel)).toBe(channel);
  });

  test.each([
    ['short', 'a\ud800b', 'a\ufffdb'],
    ['long', `${'x'.repeat(2000)}\udc00`, `${'x'.repeat(2000)}\ufffd`],
  ])('replaces lone surrogates in a %s channel, as Electron does', (_, channel, arrived) => {
    expect(crossed(channel)).toBe(arrived);
  });

  test('keeps channels apart that fall into the same slot of the cache', () => {
    const channels = Array.from({ length: 5000 }, (_, i) => `channel-${i}`);
    for (const channel of [...channels, ...channels]) expect(crossed(channel)).toBe(channel);
  });

  test('flags a channel that travels with the values', () => {
    expect(writeHead(head, MessageKind.Event, 0, 'c'.repeat(maxChannelLength + 1))).toBe(0);
    expect(head[1]).toBe(HeadFlag.ChannelInValues);
  });

  test('keeps its values when a getter among them sends another message', () => {
    const value = {
      get nested(): number {
        encodeMessage(head, codec, MessageKind.Invoke, 99, 'another', [{ of: new Map() }]);
        return 5;
      },
    };
    const length = encodeMessage(head, codec, MessageKind.Event, 7, 'outer', [value]);
    const fields = emptyHeadFields();
    readHead(head, length, fields);
    expect(fields).toMatchObject({ kind: MessageKind.Event, id: 7, channel: 'outer' });
    expect(decodeValues(head, length, fields, codec, undefined)).toEqual([{ nested: 5 }]);
  });
});

describe('a head that no ringwire wrote', () => {
  const unknownKind = Math.max(...Object.values(MessageKind)) + 1;
  const valid = (): Uint8Array => {
    const length = writeHead(head, MessageKind.Event, 1, 'abc');
    return head.slice(0, length);
  };

  test.each([
    ['is too short', (bytes: Uint8Array) => bytes.subarray(0, headerLength - 1)],
    ['is empty', (bytes: Uint8Array) => bytes.subarray(0, 0)],
    ['has kind 0', (bytes: Uint8Array) => bytes.fill(0, 0, 1)],
    ['has an unknown kind', (bytes: Uint8Array) => bytes.fill(unknownKind, 0, 1)],
    ['has unknown flags', (bytes: Uint8Array) => bytes.fill(2, 1, 2)],
    ['has its channel in two places', (bytes: Uint8Array) => bytes.fill(1, 1, 2)],
    ['has a channel beyond its end', (bytes: Uint8Array) => bytes.fill(4, 2, 3)],
    ['has a channel longer than any', (bytes: Uint8Array) => bytes.fill(0xff, 2, 4)],
  ])('is refused when it %s', (_, change) => {
    const bytes = change(valid());
    expect(() => readHead(bytes, bytes.length, emptyHeadFields())).toThrow(
      expect.objectContaining({ code: 'ERR_RINGWIRE_CORRUPT' }),
    );
  });

  test('is refused when its length exceeds the buffer', () => {
    expect(() => readHead(new Uint8Array(8), 9, emptyHeadFields())).toThrow(/9 bytes/);
  });

  test('is refused when the channel among the values is no string', () => {
    const end = codec.encode([5], head, headerLength);
    writeHead(head, MessageKind.Event, 0, 'c'.repeat(2000));
    const fields = emptyHeadFields();
    readHead(head, end, fields);
    expect(() => decodeValues(head, end, fields, codec, undefined)).toThrow(/no string/);
  });
});
