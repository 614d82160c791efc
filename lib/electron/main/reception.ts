import { inspect } from 'node:util';
import { type WebContents, type WebFrameMain, webFrameMain } from 'electron';
import type { JoinAnswer, StockReason } from '../protocol.ts';
import type { Batching } from './batch/batching.ts';
import type { Attachments } from './frames/attachments.ts';
import { answerSync } from './hooks/answer-sync.ts';
import type { PrivateMessage, StockEvent } from './hooks/private-events.ts';
import { type PathEntry, type PathTable, stockPath } from './paths.ts';
import { warnOfStock } from './warning.ts';

/** Characters of what a renderer says about itself; the message of an error has fewer. */
const longestText = 1000;

/** What the reception needs of the rest of main. */
export interface ReceptionOptions {
  readonly attachments: Attachments;
  /** Undefined when it is switched off. */
  readonly batching: Batching | undefined;
  readonly paths: PathTable;
  /** Why a frame has to stay on stock IPC, whatever it can do itself. */
  readonly objection: (webContents: WebContents, frame: WebFrameMain) => PathEntry | undefined;
}

/**
 * Takes ringwire's own stock messages. Their sender may be hostile: nothing in them is trusted. It
 * may block until it gets an answer, so every question gets one.
 */
export class Reception {
  readonly #options: ReceptionOptions;

  constructor(options: ReceptionOptions) {
    this.#options = options;
  }

  take(message: PrivateMessage): void {
    const { attachments, batching } = this.#options;
    const { kind, args } = message;
    if (kind === 'messageSync') answerSync(message, () => this.#answer(message));
    else if (kind === 'message' && args[0] === 'stock') this.#staysOnStock(message);
    else if (kind === 'message' && args[0] === 'drained') this.#drained(message);
    else if (kind === 'message' || kind === 'invoke') batching?.receive(message);
    else attachments.receiveOutOfBand(message);
  }

  /** What a renderer asks synchronously. */
  #answer(message: PrivateMessage): unknown {
    const { args, event } = message;
    if (args[0] === 'join') return this.#join(message);
    if (args[0] === 'fetch') {
      const { attachments } = this.#options;
      return attachments.linkOfSender(event.processId, event.frameId)?.fetch(args[1]);
    }
    return undefined;
  }

  #join({ webContents, event }: PrivateMessage): JoinAnswer {
    const { attachments, paths } = this.#options;
    const { processId, frameId } = event;
    const frame = frameOf(event);
    if (!frame) return { reason: 'refused' };
    const objection = this.#options.objection(webContents, frame);
    if (objection) {
      paths.set(processId, frameId, objection);
      return { reason: objection.reason ?? 'refused' };
    }
    try {
      return attachments.join(webContents, frame, event);
    } catch (error) {
      const { message } = error as Error;
      paths.set(processId, frameId, stockPath('unsupported', message));
      warnOfStock('windows stay', message);
      return { reason: 'unsupported' };
    }
  }

  #drained({ event, args }: PrivateMessage): void {
    const link = this.#options.attachments.linkOfSender(event.processId, event.frameId);
    link?.loopDoubt.drained(args[1]);
  }

  #staysOnStock(message: PrivateMessage): void {
    const { batching, paths } = this.#options;
    const { webContents, event, args } = message;
    const { processId, frameId } = event;
    const [, said, more] = args;
    const reason = (text(said) ?? 'not-joined') as StockReason;
    const detail = text(more);
    const frame = frameOf(event);
    if (!frame) return;
    const objection = this.#options.objection(webContents, frame);
    const sandboxed = reason === 'sandboxed';
    if (!sandboxed && !objection) warnOfStock('a window stays', readable(reason, detail));
    const batched = sandboxed && !objection && batching?.begin(message) === true;
    const entry = objection ?? stockPath(reason, detail);
    paths.set(processId, frameId, batched ? { ...entry, batched } : entry);
  }
}

/** The event of a frame that is gone may not even say which it was. */
function frameOf({ processId, frameId }: Partial<StockEvent>): WebFrameMain | undefined {
  if (processId === undefined || frameId === undefined) return undefined;
  return webFrameMain.fromId(processId, frameId);
}

/** What a renderer has said, which is kept. */
function text(said: unknown): string | undefined {
  return typeof said === 'string' ? said.slice(0, longestText) : undefined;
}

/** What a renderer has said about itself, escaped for the console. */
function readable(reason: StockReason, detail: string | undefined): string {
  return detail === undefined ? `It says ${inspect(reason)}.` : `It says ${inspect(detail)}.`;
}
