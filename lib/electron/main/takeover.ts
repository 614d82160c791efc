import type { WebContents, WebFrameMain } from 'electron';
import { loadNative } from '../../core/load-native.ts';
import { PRIVATE_CHANNEL } from '../protocol.ts';
import { Batching } from './batch/batching.ts';
import { makeDispatch } from './dispatch/direct-dispatch.ts';
import type { Sender } from './dispatch/ipc-event.ts';
import { frameSender } from './frame-sender.ts';
import { Attachments } from './frames/attachments.ts';
import {
  findDispatcher,
  interceptSends,
  missingEvent,
  missingMethod,
  type StockSend,
} from './hooks/hooks.ts';
import { EventInterception, type Observer } from './hooks/intercept-events.ts';
import type { PrivateMessage } from './hooks/private-events.ts';
import { MainLoop } from './loop/main-loop.ts';
import type { EffectiveOptions } from './options.ts';
import { type PathEntry, type PathTable, stockPath } from './paths.ts';
import { Reception } from './reception.ts';
import { warnOfStock } from './warning.ts';

/** What {@link Takeover} needs of the rest of main. */
export interface TakeoverOptions extends EffectiveOptions {
  readonly paths: PathTable;
}

/**
 * Replaces Electron's own functions, once for the process: those that receive as soon as there is a
 * window, those that send as soon as there is a frame.
 */
export class Takeover {
  readonly #options: TakeoverOptions;
  readonly #attachments: Attachments;
  /** Undefined when batching is switched off. */
  readonly #batching: Batching | undefined;
  readonly #reception: Reception;
  readonly #events: EventInterception;
  /** Windows whose events cannot be intercepted, and why. They stay on stock IPC. */
  readonly #notIntercepted = new WeakMap<WebContents, string>();
  #sendStock: StockSend | undefined;

  /** @throws Error with what keeps ringwire from working on this Electron */
  constructor(first: WebContents, options: TakeoverOptions) {
    const missing = missingEvent(first);
    if (missing) throw new Error(`This Electron (${process.versions.electron}) has no ${missing}.`);
    loadNative();
    this.#options = options;
    const dispatcher = findDispatcher(first);
    const dispatchOf = (from: Sender) => makeDispatch(dispatcher, from);
    const sendStock: StockSend = (frame, ...message) => this.#sendStock?.(frame, ...message);
    const { codec, paths } = options;
    const attachments = new Attachments({ paths, dispatchOf, dispatcher, codec, sendStock });
    const after = batchAfter(options.batch);
    const loop = new MainLoop(() => batching?.loopNested());
    const batching =
      after === undefined ? undefined : new Batching({ dispatchOf, sendStock, loop, after });
    this.#attachments = attachments;
    this.#batching = batching;
    this.#reception = new Reception({
      attachments,
      batching,
      paths,
      objection: (webContents, frame) => this.#objection(webContents, frame),
    });
    this.#events = new EventInterception(first, {
      channel: PRIVATE_CHANNEL,
      take: (message) => this.#reception.take(message),
      before(kind, event, channel, internal, emit) {
        const arrive = (): void => {
          if (kind === 'invoke') batching?.receiveAlone(event, channel);
          if (internal) attachments.drain(internal);
        };
        const isDelayed = batching?.delay(() => {
          arrive();
          emit();
        });
        if (isDelayed) return true;
        arrive();
        return false;
      },
      observers: documentObservers(attachments, batching),
    });
  }

  /**
   * Makes sure that the events of a window are intercepted, whoever else has replaced its `emit`.
   */
  cover(webContents: WebContents): void {
    try {
      this.#events.cover(webContents);
    } catch (error) {
      const { message } = error as Error;
      this.#notIntercepted.set(webContents, message);
      warnOfStock('a window stays', `Its emit cannot be replaced: ${message}`);
    }
  }

  /** A message that has got past the interception of its window's events. */
  takeMissed(message: PrivateMessage): void {
    this.cover(message.webContents);
    this.#reception.take(message);
  }

  #objection(webContents: WebContents, frame: WebFrameMain): PathEntry | undefined {
    // Preloads of the session run in the developer tools too, which are none of the application.
    if (frame.url.startsWith('devtools:')) return stockPath('refused', 'the developer tools');
    const reason = this.#notIntercepted.get(webContents);
    if (reason !== undefined) return stockPath('unsupported', reason);
    return this.#filtered(webContents) ?? this.#takeSends(frame);
  }

  #filtered(webContents: WebContents): PathEntry | undefined {
    const { filter } = this.#options;
    try {
      if (!filter || filter(webContents)) return undefined;
      return stockPath('off', 'the filter that register() was given');
    } catch (error) {
      const detail = `The filter that register() was given has thrown: ${String(error)}`;
      warnOfStock('a window stays', detail);
      return stockPath('off', detail);
    }
  }

  /**
   * Not every window has a frame when it is made, so this happens when the first frame asks to
   * join.
   */
  #takeSends(frame: WebFrameMain): PathEntry | undefined {
    if (this.#sendStock) return undefined;
    const missing = missingMethod(frame);
    if (missing) {
      const detail = `This Electron (${process.versions.electron}) has no ${missing}.`;
      warnOfStock('staying', detail);
      return stockPath('unsupported', detail);
    }
    this.#sendStock = interceptSends(frame, frameSender(this.#attachments, this.#batching));
    return undefined;
  }
}

/**
 * How many messages of a task leave at once: a few, so that only bursts are batched. Tests set
 * `RINGWIRE_BATCH` to 0, to batch all of them. Undefined: no batches.
 */
function batchAfter(wanted: boolean): number | undefined {
  const { RINGWIRE_BATCH: setting = '8' } = process.env;
  const after = Number(setting);
  return wanted && Number.isInteger(after) && after >= 0 ? after : undefined;
}

type Frame = [processId: number, frameId: number];

/** Tells rings and batches when documents begin and end, and do what is no message to main. */
function documentObservers(
  attachments: Attachments,
  batching: Batching | undefined,
): ReadonlyMap<string, Observer> {
  return new Map<string, Observer>([
    [
      'did-start-navigation',
      (contents, _url: string, sameDocument: boolean, _main: boolean, ...frame: Frame) => {
        if (!sameDocument) attachments.navigates(contents, ...frame);
      },
    ],
    [
      'did-frame-navigate',
      (contents, _url: string, _code: number, _text: string, _main: boolean, ...frame: Frame) => {
        batching?.documentChanged(...frame);
        attachments.documentChanged(contents, ...frame);
      },
    ],
    [
      'did-fail-load',
      (_contents, _code: number, _text: string, _url: string, _main: boolean, ...frame: Frame) => {
        attachments.loadFailed(...frame);
      },
    ],
    ['did-stop-loading', (contents) => attachments.loadsEnded(contents)],
    // An internal event of Electron: the last moment to deliver messages of the window.
    [
      'will-destroy',
      (contents) => {
        batching?.drain();
        attachments.drain(contents);
      },
    ],
    ['render-process-gone', () => batching?.drain()],
    // What a guest of a `webview` sends to its host.
    ['ipc-message-host', () => batching?.drain()],
    ['destroyed', (contents) => attachments.webContentsDestroyed(contents)],
  ]);
}
