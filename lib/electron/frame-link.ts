import { RingwireError } from '../core/errors.ts';
import { FrameKind } from '../core/frame.ts';
import type { Transport } from '../core/transport.ts';
import { releaseCarried } from './carried.ts';
import { dispatch, type PrivateMessage } from './hooks.ts';
import { IpcEvent, RequestEvent, type Sender } from './ipc-event.ts';
import { isEnd, Messenger, type Received } from './messenger.ts';
import { PRIVATE_CHANNEL } from './pairing.ts';

/** What a frame may send. */
const fromFrames = new Set<FrameKind>([
  FrameKind.Event,
  FrameKind.Call,
  FrameKind.Invoke,
  FrameKind.Marker,
]);

/**
 * Main's end of the link of one document in one frame: feeds what arrives into Electron's own
 * dispatcher, and sends what main has for that document.
 *
 * The sender of a message is the frame that was paired with this link; nothing the renderer
 * writes can change it. Owns the transport.
 */
export class FrameLink {
  readonly from: Sender;
  readonly #messenger: Messenger;
  /** Stock messages that arrived before their marker in the ring. */
  readonly #carried: PrivateMessage[] = [];
  /** A marker was read whose stock message has not arrived: delivery is paused. */
  #awaiting = false;
  #open = true;

  constructor(transport: Transport, from: Sender) {
    this.from = from;
    this.#messenger = new Messenger(transport);
  }

  /** Whether messages can be sent to this document. */
  get open(): boolean {
    return this.#open;
  }

  /** Starts delivery. `ended` is called once, with the reason. */
  start(ended: (reason: RingwireError) => void): void {
    const end = (reason: RingwireError) => {
      this.#open = false;
      this.#releaseAll();
      ended(reason);
    };
    this.#messenger.transport.start((headLength, sequence, body) => {
      const message = this.#read(headLength, body);
      if (message instanceof RingwireError) {
        this.close();
        end(message);
      } else {
        this.#dispatch(message, sequence);
      }
    }, end);
  }

  /**
   * Sends to the document as `webContents.send` does: silently nowhere when it is gone.
   *
   * @throws `Error: An object could not be cloned.`
   */
  send(channel: string, args: readonly unknown[]): void {
    this.#send(FrameKind.Event, 0, channel, args);
  }

  /** Marks the place of a message that was just sent to the document by stock IPC. */
  mark(): void {
    this.#send(FrameKind.Marker, 0, '', []);
  }

  /** A message of this document that came by stock IPC and has its place in the ring. */
  carry(message: PrivateMessage): void {
    if (!this.#awaiting) {
      this.#carried.push(message);
      return;
    }
    this.#awaiting = false;
    releaseCarried(message);
    this.#messenger.transport.resume();
  }

  /** The document is gone: nothing more is sent to it; what it sent before still arrives. */
  retire(): void {
    this.#open = false;
  }

  /** Ends the link at once, with what has not been read. */
  close(): void {
    this.#open = false;
    this.#messenger.transport.close();
  }

  /** What the renderer wrote may be nonsense; that must end its link and nothing else. */
  #read(headLength: number, body: ArrayBuffer | undefined): Received | RingwireError {
    try {
      const message = this.#messenger.read(headLength, body);
      if (fromFrames.has(message.kind)) return message;
      return new RingwireError('ERR_RINGWIRE_CORRUPT', {
        detail: `message kind ${message.kind} from a frame`,
      });
    } catch (error) {
      return error as RingwireError;
    }
  }

  #dispatch({ kind, id, channel, values }: Received, sequence: number): void {
    const { webContents } = this.from;
    if (webContents.isDestroyed()) return;
    if (kind === FrameKind.Event) {
      dispatch.message(webContents, new IpcEvent(this.from), channel, values);
    } else if (kind === FrameKind.Invoke) {
      const answer = (value: unknown) => this.#send(FrameKind.Result, id, '', [value]);
      dispatch.invoke(webContents, new RequestEvent(this.from, answer), channel, values);
    } else if (kind === FrameKind.Marker) {
      this.#reachMarker();
    } else {
      const answer = (value: unknown) => this.#answer(sequence, value);
      // A barrier: everything before it has been dispatched.
      if (channel === PRIVATE_CHANNEL) answer(undefined);
      else dispatch.messageSync(webContents, new RequestEvent(this.from, answer), channel, values);
    }
  }

  #reachMarker(): void {
    const message = this.#carried.shift();
    if (message) {
      releaseCarried(message);
    } else {
      this.#awaiting = true;
      this.#messenger.transport.pause();
    }
  }

  #send(kind: FrameKind, id: number, channel: string, values: readonly unknown[]): void {
    if (!this.#open) return;
    try {
      this.#messenger.send(kind, id, channel, values);
    } catch (error) {
      if (!isEnd(error)) throw error;
    }
  }

  #answer(sequence: number, value: unknown): void {
    try {
      this.#messenger.answer(FrameKind.Result, sequence, value);
    } catch (error) {
      if (!isEnd(error)) throw error;
    }
  }

  /** What came by stock IPC must not be lost with the ring that would have put it in order. */
  #releaseAll(): void {
    for (const message of this.#carried.splice(0)) releaseCarried(message);
  }
}
