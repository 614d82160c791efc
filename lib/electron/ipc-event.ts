import type { WebContents } from 'electron';

/** Where one request came from. Taken from the link it arrived on, never from its bytes. */
export interface Sender {
  readonly webContents: WebContents;
  readonly processId: number;
  readonly frameId: number;
}

/** Sends the answer to one request; what {@link ReplyChannel} guards against a second one. */
export type SendAnswer = (value: unknown) => void;

/**
 * The part of Electron's event that Electron's own dispatcher expects to find. The dispatcher
 * adds the rest (`senderFrame`, `reply`, `returnValue`), each version its own way.
 */
export class IpcEvent {
  readonly sender: WebContents;
  readonly processId: number;
  readonly frameId: number;
  #prevented = false;

  constructor(from: Sender) {
    this.sender = from.webContents;
    this.processId = from.processId;
    this.frameId = from.frameId;
  }

  get defaultPrevented(): boolean {
    return this.#prevented;
  }

  preventDefault(): void {
    this.#prevented = true;
  }
}

/** What stock answers when a request's event is garbage-collected without an answer. */
const neverSent = { error: 'reply was never sent' };

/**
 * Reports requests that can never be answered any more: whoever could have done so has let go of
 * the event. The channel is held by its event, and `state` by the registry.
 */
const abandoned = new FinalizationRegistry<AnswerState>((state) => {
  state.answer?.(neverSent);
  state.answer = undefined;
});

interface AnswerState {
  answer: SendAnswer | undefined;
}

/** Electron's `event._replyChannel`: the first answer counts, later ones are ignored. */
export class ReplyChannel {
  readonly #state: AnswerState;

  constructor(answer: SendAnswer) {
    this.#state = { answer };
    abandoned.register(this, this.#state, this);
  }

  /**
   * @returns false when there was an answer before
   * @throws what `answer` throws for a value that cannot be cloned; the request stays open
   */
  sendReply(value: unknown): boolean {
    const { answer } = this.#state;
    if (!answer) return false;
    answer(value);
    this.#state.answer = undefined;
    abandoned.unregister(this);
    return true;
  }
}

/** An event whose sender waits for an answer. */
export class RequestEvent extends IpcEvent {
  readonly _replyChannel: ReplyChannel;

  constructor(from: Sender, answer: SendAnswer) {
    super(from);
    this._replyChannel = new ReplyChannel(answer);
  }
}
