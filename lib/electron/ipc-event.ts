import { type WebContents, type WebFrameMain, webFrameMain } from 'electron';

/** Where one request came from. Taken from the link it arrived on, never from its bytes. */
export interface Sender {
  readonly webContents: WebContents;
  readonly processId: number;
  readonly frameId: number;
  readonly frameTreeNodeId: number;
  /** The operating system's id of the renderer. */
  readonly osProcessId: number;
}

/** A frame as the sender of what comes from it; it has to exist. */
export function senderOf(webContents: WebContents, frame: WebFrameMain): Sender {
  const { processId, routingId: frameId, frameTreeNodeId, osProcessId } = frame;
  return { webContents, processId, frameId, frameTreeNodeId, osProcessId };
}

/** Sends the answer to one request. Throws for a value that cannot be cloned. */
export type SendAnswer = (value: unknown) => void;

class Preventable {
  #prevented = false;

  get defaultPrevented(): boolean {
    return this.#prevented;
  }

  preventDefault(): void {
    this.#prevented = true;
  }
}

/**
 * The part of Electron's event that Electron's own dispatcher expects to find, in the order in
 * which Electron's has it. The dispatcher adds the rest (`reply`, `returnValue`, before version 34
 * `senderFrame`), each version its way.
 */
class IpcEvent extends Preventable {
  readonly frameId: number;
  readonly processId: number;
  readonly sender: WebContents;

  constructor(from: Sender) {
    super();
    this.frameId = from.frameId;
    this.processId = from.processId;
    this.sender = from.webContents;
  }
}

/** An event whose sender waits for an answer. */
class RequestEvent extends Preventable {
  readonly _replyChannel: ReplyChannel;
  readonly frameId: number;
  readonly processId: number;
  readonly sender: WebContents;

  constructor(from: Sender, answer: SendAnswer) {
    super();
    this._replyChannel = new ReplyChannel(answer);
    this.frameId = from.frameId;
    this.processId = from.processId;
    this.sender = from.webContents;
  }
}

/** An event as Electron's dispatcher expects it; `modern` is complete (version 34 and newer). */
export function makeEvent(from: Sender, modern: boolean): object {
  const event = new IpcEvent(from);
  if (modern) modernize(event, from);
  return event;
}

/** The same for a message whose sender waits for an answer. */
export function makeRequestEvent(from: Sender, modern: boolean, answer: SendAnswer): object {
  const event = new RequestEvent(from, answer);
  if (modern) modernize(event, from);
  return event;
}

/** What the event has of its own since version 34, where nobody adds it. */
function modernize(event: IpcEvent | RequestEvent, from: Sender): void {
  Object.assign(event, { type: 'frame', frameTreeNodeId: from.frameTreeNodeId });
  Object.defineProperty(event, 'senderFrame', {
    enumerable: true,
    configurable: true,
    get: (): WebFrameMain | null => webFrameMain.fromId(from.processId, from.frameId) ?? null,
  });
}

interface AnswerState {
  answer: SendAnswer | undefined;
}

/** What stock answers when nobody holds a request's event any more. */
const neverSent = { error: 'reply was never sent' };

/** The event holds its channel, and this registry the state of those that are gone. */
const abandoned = new FinalizationRegistry<AnswerState>((state) => {
  state.answer?.(neverSent);
  state.answer = undefined;
});

/** Electron's `event._replyChannel`: the first answer counts, later ones are ignored. */
export class ReplyChannel {
  readonly #state: AnswerState;
  /**
   * @returns false when there was an answer before
   * @throws what the answer throws for a value that cannot be cloned; the request stays open
   */
  readonly sendReply: (value: unknown) => boolean;

  constructor(answer: SendAnswer) {
    this.#state = { answer };
    // A property of each object, as in Electron: whoever prints an event sees it.
    this.sendReply = (value) => this.#send(value);
    abandoned.register(this, this.#state, this);
  }

  #send(value: unknown): boolean {
    const { answer } = this.#state;
    if (!answer) return false;
    answer(value);
    this.#state.answer = undefined;
    abandoned.unregister(this);
    return true;
  }
}

// Electron's own are of classes without a name, so printing one shows a plain object.
for (const type of [Preventable, IpcEvent, RequestEvent, ReplyChannel]) {
  Object.defineProperty(type, 'name', { value: '' });
}
