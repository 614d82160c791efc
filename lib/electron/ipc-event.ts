import { type WebContents, type WebFrameMain, webFrameMain } from 'electron';
import { ReplyChannel, type SendAnswer } from './reply-channel.ts';

/** Where one request came from. Taken from the link it arrived on, never from its bytes. */
export interface Sender {
  readonly webContents: WebContents;
  readonly frame: WebFrameMain;
  readonly processId: number;
  readonly frameId: number;
  readonly frameTreeNodeId: number;
  /** The operating system's id of the renderer. */
  readonly osProcessId: number;
}

/** A frame as the sender of what comes from it; it has to exist. */
export function senderOf(webContents: WebContents, frame: WebFrameMain): Sender {
  const { processId, routingId: frameId, frameTreeNodeId, osProcessId } = frame;
  return { webContents, frame, processId, frameId, frameTreeNodeId, osProcessId };
}

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
 * `sender` and `senderFrame`), each version its way.
 */
export class IpcEvent extends Preventable {
  readonly frameId: number;
  readonly processId: number;

  constructor(from: Sender) {
    super();
    this.frameId = from.frameId;
    this.processId = from.processId;
  }
}

/** An event whose sender waits for an answer. */
export class RequestEvent extends Preventable {
  readonly _replyChannel: ReplyChannel;
  readonly frameId: number;
  readonly processId: number;

  constructor(from: Sender, answer: SendAnswer) {
    super();
    this._replyChannel = new ReplyChannel(answer);
    this.frameId = from.frameId;
    this.processId = from.processId;
  }
}

/** What the event has of its own since version 34, where nobody adds it. */
export function modernize(event: IpcEvent | RequestEvent, from: Sender): void {
  const { webContents: sender, frameTreeNodeId } = from;
  Object.assign(event, { sender, type: 'frame', frameTreeNodeId });
  Object.defineProperty(event, 'senderFrame', {
    enumerable: true,
    configurable: true,
    get: (): WebFrameMain | null => webFrameMain.fromId(from.processId, from.frameId) ?? null,
  });
}

// A loop over what an event has comes to these, as in Electron.
for (const name of ['preventDefault', 'defaultPrevented']) {
  Object.defineProperty(Preventable.prototype, name, { enumerable: true });
}

// Electron's own are of classes without a name, so printing one shows a plain object.
for (const type of [Preventable, IpcEvent, RequestEvent]) {
  Object.defineProperty(type, 'name', { value: '' });
}
