import { type WebContents, type WebFrameMain, webFrameMain } from 'electron';
import { type EventForm, formOf } from './event-form.ts';
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
  /** What events of this Electron have. */
  readonly form: EventForm;
}

/**
 * A frame as the sender of what comes from it; it has to exist. `event` is of a message of this
 * Electron's native side, and shows what events are like.
 *
 * @throws as {@link formOf}
 */
export function senderOf(webContents: WebContents, frame: WebFrameMain, event: object): Sender {
  const { processId, routingId: frameId, frameTreeNodeId, osProcessId } = frame;
  const form = formOf(event);
  nameEvents(Object.getPrototypeOf(event).constructor.name);
  return { webContents, frame, processId, frameId, frameTreeNodeId, osProcessId, form };
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

/** What Electron's native side may give an event; which of it, and in which order, says the form. */
interface NativeParts {
  type?: 'frame';
  sender?: WebContents;
  frameId: number;
  processId: number;
  frameTreeNodeId?: number;
}

/**
 * The part of Electron's event that Electron's own dispatcher expects to find, in the order in
 * which Electron's has it. The dispatcher adds the rest (`reply`, `returnValue`, and `sender` and
 * `senderFrame` where the native side does not), each version its way.
 */
export class IpcEvent extends Preventable {
  declare readonly frameId: number;
  declare readonly processId: number;

  constructor(from: Sender) {
    super();
    begin(this, from);
    end(this, from);
  }
}

/** An event whose sender waits for an answer. */
export class RequestEvent extends Preventable {
  declare readonly _replyChannel: ReplyChannel;
  declare readonly frameId: number;
  declare readonly processId: number;

  constructor(from: Sender, answer: SendAnswer) {
    super();
    begin(this, from);
    (this as { _replyChannel: ReplyChannel })._replyChannel = new ReplyChannel(answer);
    end(this, from);
  }
}

function begin(event: object, from: Sender): void {
  const parts = event as NativeParts;
  if (from.form.type) parts.type = 'frame';
  if (from.form.sender) parts.sender = from.webContents;
}

function end(event: object, from: Sender): void {
  const parts = event as NativeParts;
  if (from.form.frame) Object.defineProperty(event, 'senderFrame', nativeSenderFrame);
  parts.frameId = from.frameId;
  parts.processId = from.processId;
  if (from.form.frame) parts.frameTreeNodeId = from.frameTreeNodeId;
}

/**
 * As Electron's native side has it since version 33: null, with a warning, once the frame is gone. There
 * it looks like a value, which JavaScript cannot define without finding the frame for each message.
 */
const nativeSenderFrame: PropertyDescriptor & ThisType<IpcEvent> = {
  enumerable: true,
  configurable: true,
  get() {
    const frame = webFrameMain.fromId(this.processId, this.frameId);
    if (frame) return frame;
    process.emitWarning(lateAccess, 'electron', '');
    return null;
  },
  set(value: unknown) {
    const property = { value, enumerable: true, configurable: true, writable: true };
    Object.defineProperty(this, 'senderFrame', property);
  },
};

const lateAccess =
  'Frame property was accessed after it navigated or was destroyed. ' +
  'Avoid asynchronous tasks prior to indexing.';

// A loop over what an event has comes to these, as in Electron.
for (const name of ['preventDefault', 'defaultPrevented']) {
  Object.defineProperty(Preventable.prototype, name, { enumerable: true });
}

/** Events print as those of this Electron do, whose class has no name in some versions. */
function nameEvents(name: string): void {
  if (Preventable.name === name) return;
  for (const type of [Preventable, IpcEvent, RequestEvent]) {
    Object.defineProperty(type, 'name', { value: name, configurable: true });
  }
}
