import type { RingwireError } from '../core/errors.ts';
import { FrameKind } from '../core/frame.ts';
import type { Transport } from '../core/transport.ts';
import { Inbox } from './inbox.ts';
import { isEnd, Messenger } from './messenger.ts';
import {
  type AcceptPeer,
  type CodecName,
  type FromMain,
  type PeerNotice,
  PRIVATE_CHANNEL,
} from './pairing.ts';

/** What Electron's dispatcher answers an `invoke` with. */
export interface InvokeAnswer {
  readonly error?: string;
  readonly result?: unknown;
}

/** Where the renderer's end of a link delivers to. */
export interface RendererHost {
  /** Hands one event of main to the listeners of `ipcRenderer`; `ports` is what came with it. */
  emit(channel: string, ports: readonly unknown[], args: unknown[]): void;
  /** Main announces that another frame will connect to this one. */
  acceptPeer(peer: AcceptPeer): void;
  /** Called once, when the link has ended. */
  ended(reason: RingwireError): void;
}

interface Pending {
  resolve(answer: unknown): void;
  reject(reason: unknown): void;
}

/** The renderer's end of the link of one document. Owns the transport. */
export class RingRenderer {
  readonly #messenger: Messenger;
  readonly #host: RendererHost;
  readonly #inbox = new Inbox();
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #open = true;

  constructor(transport: Transport, codec: CodecName, host: RendererHost) {
    this.#messenger = new Messenger(transport, codec);
    this.#host = host;
  }

  /** Whether messages go by the ring. */
  get open(): boolean {
    return this.#open;
  }

  /** Starts delivery. */
  start(): void {
    this.#messenger.transport.start(
      (headLength, _sequence, body) => this.#receive(headLength, body),
      (reason) => this.#end(reason),
    );
  }

  /** Sends what nobody answers. @throws `Error: An object could not be cloned.` */
  send(kind: FrameKind, channel: string, args: readonly unknown[]): void {
    this.#send(kind, 0, channel, args);
  }

  /**
   * Sends and blocks for the answer; null when main's end is gone, as stock answers.
   *
   * @throws `Error: An object could not be cloned.`
   */
  call(channel: string, args: readonly unknown[]): unknown {
    try {
      return this.#messenger.call(channel, args);
    } catch (error) {
      if (!isEnd(error)) throw error;
      return null;
    }
  }

  /** @throws `Error: An object could not be cloned.` */
  invoke(channel: string, args: readonly unknown[]): Promise<InvokeAnswer> {
    return this.#request(channel, args) as Promise<InvokeAnswer>;
  }

  /** Asks ringwire's own half in main. */
  ask(request: readonly unknown[]): Promise<unknown> {
    return this.#request(PRIVATE_CHANNEL, request);
  }

  /** Tells ringwire's own half in main. */
  tell(notice: readonly unknown[]): void {
    this.#send(FrameKind.Event, 0, PRIVATE_CHANNEL, notice);
  }

  /** Marks the place of a message that was just sent to main by stock IPC. */
  mark(): void {
    this.#send(FrameKind.Marker, 0, '', []);
  }

  /** A message of main on ringwire's own stock channel. */
  fromStock(message: FromMain, ports: readonly unknown[]): void {
    if (message[0] === 'up') {
      this.#inbox.begin();
    } else {
      const [, channel, payload] = message;
      this.#inbox.carried(() => this.#host.emit(channel, ports, [payload]));
    }
  }

  #request(channel: string, args: readonly unknown[]): Promise<unknown> {
    this.#lastId = (this.#lastId + 1) >>> 0;
    const id = this.#lastId;
    this.#send(FrameKind.Invoke, id, channel, args);
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  #receive(headLength: number, body: ArrayBuffer | undefined): void {
    const { kind, id, channel, values } = this.#messenger.read(headLength, body);
    if (kind === FrameKind.Result) {
      this.#pending.get(id)?.resolve(values[0]);
      this.#pending.delete(id);
    } else if (kind === FrameKind.Marker) {
      this.#inbox.marker();
    } else if (channel === PRIVATE_CHANNEL) {
      const [, peer] = values as PeerNotice;
      this.#host.acceptPeer(peer);
    } else {
      this.#inbox.event(() => this.#host.emit(channel, [], values));
    }
  }

  #send(kind: FrameKind, id: number, channel: string, values: readonly unknown[]): void {
    try {
      this.#messenger.send(kind, id, channel, values);
    } catch (error) {
      if (!isEnd(error)) throw error;
    }
  }

  #end(reason: RingwireError): void {
    this.#open = false;
    this.#inbox.end();
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
    this.#host.ended(reason);
  }
}
