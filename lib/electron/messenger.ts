import { jsonCodec, structuredCodec } from '../core/codec.ts';
import { RingwireError } from '../core/errors.ts';
import { FrameKind } from '../core/frame.ts';
import { Messenger as CoreMessenger, type Received } from '../core/messenger.ts';
import type { Transport } from '../core/transport.ts';
import type { CodecName } from './pairing.ts';

export { isEnd } from '../core/messenger.ts';
export type { Received };

/** Messages over one transport, with Electron's own error for what cannot be cloned. */
export class Messenger {
  readonly transport: Transport;
  readonly #core: CoreMessenger;

  constructor(transport: Transport, codec: CodecName) {
    this.transport = transport;
    this.#core = new CoreMessenger(transport, codec === 'json' ? jsonCodec() : structuredCodec());
  }

  /**
   * @throws `Error: An object could not be cloned.`
   * @throws RingwireError when the link has ended
   */
  send(kind: FrameKind, id: number, channel: string, values: readonly unknown[]): void {
    try {
      this.#core.send(kind, id, channel, values);
    } catch (error) {
      throw asElectron(error);
    }
  }

  /** Sends a request and blocks until its answer is there. @throws as {@link send} */
  call(channel: string, values: readonly unknown[]): unknown {
    try {
      return this.#core.call(channel, values, 0).values[0];
    } catch (error) {
      throw asElectron(error);
    }
  }

  /** Answers the call with this sequence number. @throws as {@link send} */
  answer(sequence: number, value: unknown): void {
    try {
      this.#core.reply(FrameKind.Result, sequence, [value]);
    } catch (error) {
      throw asElectron(error);
    }
  }

  /** Reads the message being delivered. @throws RingwireError `ERR_RINGWIRE_CORRUPT` */
  read(headLength: number, body: ArrayBuffer | undefined): Received {
    return this.#core.read(headLength, body);
  }
}

function asElectron(error: unknown): unknown {
  return error instanceof RingwireError && error.code === 'ERR_RINGWIRE_UNCLONABLE'
    ? new Error('An object could not be cloned.')
    : error;
}
