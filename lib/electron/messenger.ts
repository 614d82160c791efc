import { type Codec, structuredCodec } from '../core/codec.ts';
import { RingwireError } from '../core/errors.ts';
import { emptyFrame, type FrameKind, readFrame } from '../core/frame.ts';
import { decodeValues, encodeMessage } from '../core/message.ts';
import type { Transport } from '../core/transport.ts';

/** A message that arrived. One object is reused: read it before anything else is read. */
export interface Received {
  kind: FrameKind;
  id: number;
  channel: string;
  values: unknown[];
}

/**
 * Electron's messages over one transport: frames and structured clones, with Electron's own
 * errors for values that cannot be cloned. Used by both ends of a link.
 */
export class Messenger {
  readonly transport: Transport;
  readonly #codec: Codec = structuredCodec();
  readonly #frame = emptyFrame();
  readonly #received: Received = { kind: 1, id: 0, channel: '', values: [] };

  constructor(transport: Transport) {
    this.transport = transport;
  }

  /**
   * @throws `Error: An object could not be cloned.`
   * @throws {@link RingwireError} when the link has ended
   */
  send(kind: FrameKind, id: number, channel: string, values: readonly unknown[]): void {
    const length = this.#encode(kind, id, channel, values);
    this.transport.send(length, this.#codec.body);
  }

  /**
   * Sends a request and blocks until its answer is there.
   *
   * @throws as {@link send}, also while waiting
   */
  call(kind: FrameKind, channel: string, values: readonly unknown[]): unknown {
    const length = this.#encode(kind, 0, channel, values);
    const answered = this.transport.call(length, this.#codec.body, 0);
    return this.#decode(this.transport.answer, answered, this.transport.takeAnswerBody()).values[0];
  }

  /**
   * Answers a call.
   *
   * @throws as {@link send}
   */
  answer(kind: FrameKind, sequence: number, value: unknown): void {
    const length = this.#encode(kind, 0, '', [value]);
    this.transport.reply(sequence, length, this.#codec.body);
  }

  /**
   * Reads the message that is being delivered.
   *
   * @throws {@link RingwireError} `ERR_RINGWIRE_CORRUPT` for bytes no {@link Messenger} writes
   */
  read(headLength: number, body: ArrayBuffer | undefined): Received {
    return this.#decode(this.transport.incoming, headLength, body);
  }

  #encode(kind: FrameKind, id: number, channel: string, values: readonly unknown[]): number {
    try {
      return encodeMessage(this.transport.outgoing, this.#codec, kind, id, channel, values);
    } catch (error) {
      if (isRingwireError(error, 'ERR_RINGWIRE_UNCLONABLE')) {
        throw new Error('An object could not be cloned.');
      }
      throw error;
    }
  }

  #decode(head: Uint8Array, length: number, body: ArrayBuffer | undefined): Received {
    const frame = this.#frame;
    const received = this.#received;
    readFrame(head, length, frame);
    received.values = decodeValues(head, length, frame, this.#codec, body);
    received.kind = frame.kind;
    received.id = frame.id;
    received.channel = frame.channel;
    return received;
  }
}

/** Whether the link has ended, in whatever way; stock IPC is silent about that. */
export function isEnd(error: unknown): boolean {
  return (
    isRingwireError(error, 'ERR_RINGWIRE_CLOSED') ||
    isRingwireError(error, 'ERR_RINGWIRE_PEER_GONE')
  );
}

function isRingwireError(error: unknown, code: RingwireError['code']): boolean {
  return error instanceof RingwireError && error.code === code;
}
