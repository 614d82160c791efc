import type { ElectronDispatcher } from '../hooks/hooks.ts';
import { IpcEvent, RequestEvent, type Sender } from './ipc-event.ts';
import type { SendAnswer } from './reply-channel.ts';

/**
 * Delivers what one document sends to the application. `args` are null when they could not be
 * read. Throws what a listener throws.
 */
export interface Dispatch {
  message(channel: string, args: unknown[] | null): void;
  messageSync(channel: string, args: unknown[] | null, answer: SendAnswer): void;
  invoke(channel: string, args: unknown[] | null, answer: SendAnswer): void;
  post(channel: string, message: unknown): void;
  host(channel: string, args: unknown[] | null): void;
}

/** By Electron's own dispatcher, so it is right whatever that does in this version. */
export class ElectronDispatch implements Dispatch {
  readonly #dispatcher: ElectronDispatcher;
  readonly #from: Sender;

  constructor(dispatcher: ElectronDispatcher, from: Sender) {
    this.#dispatcher = dispatcher;
    this.#from = from;
  }

  /** @returns the event, with what Electron's dispatcher has added */
  message(channel: string, args: unknown[] | null): object {
    const event = new IpcEvent(this.#from);
    this.#dispatcher.message(this.#from.webContents, event, channel, args);
    return event;
  }

  /** @returns as {@link message} */
  messageSync(channel: string, args: unknown[] | null, answer: SendAnswer): object {
    return this.#request('messageSync', channel, args, answer);
  }

  /** @returns as {@link message} */
  invoke(channel: string, args: unknown[] | null, answer: SendAnswer): object {
    return this.#request('invoke', channel, args, answer);
  }

  post(channel: string, message: unknown): void {
    this.#dispatcher.post(this.#from.webContents, new IpcEvent(this.#from), channel, message, []);
  }

  host(channel: string, args: unknown[] | null): void {
    this.#dispatcher.host(this.#from.webContents, new IpcEvent(this.#from), channel, args);
  }

  #request(
    kind: 'messageSync' | 'invoke',
    channel: string,
    args: unknown[] | null,
    answer: SendAnswer,
  ): object {
    const event = new RequestEvent(this.#from, answer);
    try {
      this.#dispatcher[kind](this.#from.webContents, event, channel, args);
    } catch (error) {
      event._replyChannel.watch();
      throw error;
    }
    event._replyChannel.expectAnswer();
    return event;
  }
}
