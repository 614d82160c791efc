import type { Codec } from './codec/base.ts';
import { structuredCodec } from './codec/codec.ts';
import { UnreadableError } from './codec/serializers.ts';
import { nothingShared, type TakeShared } from './codec/shared.ts';
import { RingwireError } from './errors.ts';
import { decodeValues, encodeMessage } from './message.ts';
import { emptyHeadFields, HeadFlag, MessageKind, readHead } from './message-head.ts';
import { parcelOf } from './shared-buffer.ts';
import { SharedInbox } from './shared-inbox.ts';
import type { Transport } from './transport.ts';

/** A message that arrived. One object is reused: read it before anything else is read. */
export interface Received {
  kind: MessageKind;
  id: number;
  channel: string;
  values: unknown[];
  /** Why the values could not be read. `values` is empty then. */
  unreadable: UnreadableError | undefined;
}

/** Messages over one transport: bytes below, values above. Borrows the transport. */
export class Messenger {
  readonly #transport: Transport;
  readonly #codec: Codec;
  readonly #inbox: SharedInbox;
  readonly #takeShared: TakeShared = (ticket) => this.#inbox.take(ticket);
  readonly #fields = emptyHeadFields();
  readonly #received: Received = {
    kind: MessageKind.Event,
    id: 0,
    channel: '',
    values: [],
    unreadable: undefined,
  };

  constructor(transport: Transport, codec: Codec = structuredCodec()) {
    this.#transport = transport;
    this.#codec = codec;
    this.#inbox = new SharedInbox(transport);
  }

  /** @throws {@link RingwireError} as {@link Transport}, and `ERR_RINGWIRE_UNCLONABLE` */
  send(kind: MessageKind, id: number, channel: string, values: readonly unknown[]): void {
    const length = this.#encode(kind, id, channel, values);
    this.#transport.send(length, this.#codec.body);
    this.#codec.release();
  }

  /** As {@link send}, but without the queue limit, since somebody waits for this. */
  sendAlways(kind: MessageKind, id: number, values: readonly unknown[]): void {
    const limit = this.#transport.queueLimit;
    if (limit === Number.POSITIVE_INFINITY) {
      this.send(kind, id, '', values);
      return;
    }
    this.#transport.queueLimit = Number.POSITIVE_INFINITY;
    try {
      this.send(kind, id, '', values);
    } finally {
      this.#transport.queueLimit = limit;
    }
  }

  /** Sends the result of a request. It need not wait behind messages. @throws as {@link send} */
  sendResult(kind: MessageKind, id: number, values: readonly unknown[]): void {
    const length = this.#encode(kind, id, '', values);
    this.#transport.sendResult(length, this.#codec.body);
    this.#codec.release();
  }

  /** Sends a request and blocks until its answer is there. @throws as {@link send} */
  call(channel: string, values: readonly unknown[], timeout: number): Received {
    const length = this.#encode(MessageKind.Call, 0, channel, values);
    const answered = this.#transport.call(length, this.#codec.body, timeout);
    this.#codec.release();
    return this.#decode(this.#transport.answer, answered, this.#transport.takeAnswerBody());
  }

  /** Answers the call with this sequence number. @throws as {@link send} */
  reply(kind: MessageKind, sequence: number, values: readonly unknown[], id = 0): void {
    const length = this.#encode(kind, id, '', values);
    this.#transport.reply(sequence, length, this.#codec.body);
    this.#codec.release();
  }

  /** Reads the message being delivered. @throws {@link RingwireError} `ERR_RINGWIRE_CORRUPT` */
  read(headLength: number, body: ArrayBuffer | undefined): Received {
    return this.#decode(this.#transport.incoming, headLength, body);
  }

  /** Reads the result being delivered. @throws {@link RingwireError} `ERR_RINGWIRE_CORRUPT` */
  readResult(headLength: number, body: ArrayBuffer | undefined): Received {
    return this.#decode(this.#transport.result, headLength, body);
  }

  #encode(kind: MessageKind, id: number, channel: string, values: readonly unknown[]): number {
    const length = encodeMessage(this.#transport.outgoing, this.#codec, kind, id, channel, values);
    const { shared } = this.#codec;
    if (shared !== nothingShared) {
      for (const { ticket, buffer } of shared) this.#transport.sendParcel(ticket, parcelOf(buffer));
    }
    return length;
  }

  #decode(head: Uint8Array, length: number, body: ArrayBuffer | undefined): Received {
    const fields = this.#fields;
    const received = this.#received;
    readHead(head, length, fields);
    received.unreadable = undefined;
    try {
      received.values = decodeValues(head, length, fields, this.#codec, body, this.#takeShared);
    } catch (error) {
      const known = error instanceof UnreadableError && fields.flags !== HeadFlag.ChannelInValues;
      if (!known) throw error;
      received.values = [];
      received.unreadable = error;
    }
    received.kind = fields.kind;
    received.id = fields.id;
    received.channel = fields.channel;
    return received;
  }
}

/** Whether the error says that the connection has ended, in whatever way. */
export function isEnd(error: unknown): boolean {
  if (!(error instanceof RingwireError)) return false;
  return (
    error.code === 'ERR_RINGWIRE_CLOSED' ||
    error.code === 'ERR_RINGWIRE_PEER_GONE' ||
    error.code === 'ERR_RINGWIRE_CORRUPT'
  );
}
