import { Buffer } from 'node:buffer';
import { MessageKind } from '../../core/message-head.ts';
import { type NativeLink, type NativeListener, nativeAddon } from '../../core/native.ts';
import { LinkTransport } from '../../core/transport.ts';
import { Messenger, valuesOf } from '../messenger.ts';
import type { CodecName, ExpectedSender } from '../protocol.ts';

/** Delivers a message of another frame to the listeners of `ipcRenderer`. */
export type EmitFromSender = (
  sender: ExpectedSender,
  channel: string,
  args: unknown[] | null,
) => void;

/** Smaller than the rings of main: each pair of frames has its own. */
const eventCapacity = 256 * 1024;

/** Peers that main has announced and that have not connected; of more, the eldest is refused. */
const mostAnnounced = 64;

/**
 * The receiving side of `sendTo`: listens for the frames that main has announced. Main says who a
 * sender is, by its token and process; nothing that a sender writes can change it.
 */
export class SendToListener {
  readonly #codec: CodecName;
  readonly #emit: EmitFromSender;
  readonly #announced = new Map<string, ExpectedSender>();
  readonly #transports = new Set<LinkTransport>();
  #listener: NativeListener | undefined;
  #warned = false;

  constructor(codec: CodecName, emit: EmitFromSender) {
    this.#codec = codec;
    this.#emit = emit;
  }

  /** Admits one sender, once. Returns whether it may connect now. */
  announce(sender: ExpectedSender): boolean {
    try {
      this.#listener ??= this.#listen(sender.address);
    } catch {
      return false;
    }
    const [eldest] = this.#announced.keys();
    if (eldest !== undefined && this.#announced.size >= mostAnnounced) {
      this.#announced.delete(eldest);
      this.#warnOnce();
    }
    this.#announced.set(sender.token, sender);
    return true;
  }

  #warnOnce(): void {
    if (this.#warned) return;
    this.#warned = true;
    console.warn(
      `ringwire: sendTo of some frames stays on Electron's own IPC. ` +
        `${mostAnnounced} were announced here and have not connected.`,
    );
  }

  /** Delivers now what peers have sent until now. */
  drain(): void {
    for (const transport of this.#transports) transport.drain();
  }

  #listen(address: string): NativeListener {
    const native = nativeAddon();
    return native.listen(address, {
      eventCapacity,
      replyCapacity: native.limits.minCapacity,
      authorize: (token, processId) => this.#announced.get(hex(token))?.osProcessId === processId,
      onLink: (link, token) => this.#attach(link, hex(token)),
    });
  }

  #attach(link: NativeLink, token: string): void {
    const sender = this.#announced.get(token);
    this.#announced.delete(token);
    if (!sender) {
      link.close();
      return;
    }
    const transport = new LinkTransport(link);
    this.#transports.add(transport);
    const messenger = new Messenger(transport, this.#codec);
    const receive = (headLength: number, _sequence: number, body: ArrayBuffer | undefined) => {
      const message = messenger.read(headLength, body);
      if (message.kind === MessageKind.Event)
        this.#emit(sender, message.channel, valuesOf(message));
    };
    transport.start(
      (...message) => {
        try {
          receive(...message);
        } catch {
          // No ringwire writes such bytes, so this sender is dropped.
          transport.close();
        }
      },
      () => this.#transports.delete(transport),
    );
  }
}

function hex(token: Uint8Array): string {
  return Buffer.from(token).toString('hex');
}
