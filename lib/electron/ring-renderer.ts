import type { RingwireError } from '../core/errors.ts';
import { FrameKind } from '../core/frame.ts';
import type { Transport } from '../core/transport.ts';
import { Inbox } from './inbox.ts';
import { isEnd, Messenger } from './messenger.ts';
import { type FromMain, PRIVATE_CHANNEL } from './pairing.ts';

/** What Electron's dispatcher answers an `invoke` with. */
export interface InvokeAnswer {
  readonly error?: string;
  readonly result?: unknown;
}

/** Hands one event to the listeners of `ipcRenderer`; `ports` is what came with it. */
export type EmitEvent = (channel: string, ports: readonly unknown[], args: unknown[]) => void;

interface Pending {
  resolve(answer: InvokeAnswer): void;
  reject(reason: unknown): void;
}

/** The renderer's end of the link of one document. Owns the transport. */
export class RingRenderer {
  readonly #messenger: Messenger;
  readonly #emit: EmitEvent;
  readonly #inbox = new Inbox();
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #open = true;

  constructor(transport: Transport, emit: EmitEvent) {
    this.#messenger = new Messenger(transport);
    this.#emit = emit;
  }

  /** Whether messages go by the ring. */
  get open(): boolean {
    return this.#open;
  }

  /** Starts delivery. `ended` is called once, with the reason. */
  start(ended: (reason: RingwireError) => void): void {
    this.#messenger.transport.start(
      (headLength, _sequence, body) => this.#receive(headLength, body),
      (reason) => {
        this.#end(reason);
        ended(reason);
      },
    );
  }

  /** @throws `Error: An object could not be cloned.` */
  send(channel: string, args: readonly unknown[]): void {
    this.#send(FrameKind.Event, 0, channel, args);
  }

  /**
   * Sends and blocks for the answer; null when main's end is gone, as stock answers.
   *
   * @throws `Error: An object could not be cloned.`
   */
  call(channel: string, args: readonly unknown[]): unknown {
    try {
      return this.#messenger.call(FrameKind.Call, channel, args);
    } catch (error) {
      if (!isEnd(error)) throw error;
      return null;
    }
  }

  /** @throws `Error: An object could not be cloned.` */
  invoke(channel: string, args: readonly unknown[]): Promise<InvokeAnswer> {
    this.#lastId = (this.#lastId + 1) >>> 0;
    const id = this.#lastId;
    this.#send(FrameKind.Invoke, id, channel, args);
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  /** Marks the place of a message that was just sent to main by stock IPC. */
  mark(): void {
    this.#send(FrameKind.Marker, 0, '', []);
  }

  /** Blocks until main has dispatched everything that was sent before. */
  barrier(): void {
    this.call(PRIVATE_CHANNEL, []);
  }

  /** A message of main on ringwire's own stock channel. */
  fromStock(message: FromMain, ports: readonly unknown[]): void {
    if (message[0] === 'up') {
      this.#inbox.begin();
    } else {
      const [, channel, payload] = message;
      this.#inbox.carried(() => this.#emit(channel, ports, [payload]));
    }
  }

  #receive(headLength: number, body: ArrayBuffer | undefined): void {
    const { kind, id, channel, values } = this.#messenger.read(headLength, body);
    switch (kind) {
      case FrameKind.Event:
        this.#inbox.event(() => this.#emit(channel, [], values));
        return;
      case FrameKind.Result:
        this.#pending.get(id)?.resolve(values[0] as InvokeAnswer);
        this.#pending.delete(id);
        return;
      case FrameKind.Marker:
        this.#inbox.marker();
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
  }
}
