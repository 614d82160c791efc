import { builtInCodec } from '../core/codec/codec.ts';
import { RingwireError } from '../core/errors.ts';
import type { MessageKind } from '../core/message-head.ts';
import { Messenger as CoreMessenger, type Received } from '../core/messenger.ts';
import type { Transport } from '../core/transport.ts';
import { holdsNativeImage } from './native-image.ts';
import type { CodecName } from './protocol.ts';

export { isEnd } from '../core/messenger.ts';
export type { Received };

/** Messages over one transport, in the codec that main has chosen. */
export class Messenger {
  readonly transport: Transport;
  readonly #core: CoreMessenger;

  constructor(transport: Transport, codec: CodecName) {
    this.transport = transport;
    this.#core = new CoreMessenger(transport, builtInCodec(codec));
  }

  /** @throws RingwireError {@link isUnclonable}, or {@link isEnd} */
  send(kind: MessageKind, id: number, channel: string, values: readonly unknown[]): void {
    this.#core.send(kind, id, channel, values);
  }

  /** Sends the answer to an `invoke`, in the order of answers. @throws as {@link send} */
  settle(kind: MessageKind, id: number, values: readonly unknown[]): void {
    this.#core.sendResult(kind, id, values);
  }

  /** Sends a request and blocks until its answer is there. @throws as {@link send} */
  call(channel: string, values: readonly unknown[]): Received {
    return this.#core.call(channel, values, 0);
  }

  /** Answers the call with this sequence number. @throws as {@link send} */
  answer(kind: MessageKind, sequence: number, id: number, value: unknown): void {
    this.#core.reply(kind, sequence, [value], id);
  }

  /** Reads the message being delivered. @throws RingwireError `ERR_RINGWIRE_CORRUPT` */
  read(headLength: number, body: ArrayBuffer | undefined): Received {
    return this.#core.read(headLength, body);
  }

  /** Reads the answer to an `invoke` that is being delivered. @throws as {@link read} */
  readResult(headLength: number, body: ArrayBuffer | undefined): Received {
    return this.#core.readResult(headLength, body);
  }
}

/**
 * The values of a message as Electron would have them: null for what V8 cannot read, which is
 * what becomes of a WebAssembly module, since V8 writes nothing for it.
 */
export function valuesOf(message: Received): unknown[] | null {
  return message.unreadable ? null : message.values;
}

/** Whether the ring cannot send these values. Stock IPC may be able to. */
export function isUnclonable(error: unknown): boolean {
  return error instanceof RingwireError && error.code === 'ERR_RINGWIRE_UNCLONABLE';
}

/**
 * Handles what sending threw: returns where stock IPC may be able to send the values.
 *
 * @throws Electron's error where it cannot either. It does not try, since that would run getters.
 */
export function leaveToStock(error: unknown, values: unknown): void {
  if (!isUnclonable(error)) throw error;
  if (!holdsNativeImage(values)) throw cloneError();
}

/** What Electron throws for a value that cannot be cloned. */
export function cloneError(): Error {
  return new Error('An object could not be cloned.');
}
