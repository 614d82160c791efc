import { join } from 'node:path';
import { inspect } from 'node:util';
import { app, type WebContents, webFrameMain } from 'electron';
import { RingwireError } from '../core/errors.ts';
import { loadNative } from '../core/native.ts';
import { holdsShared, refuseShared } from '../core/shared-buffer.ts';
import { Attachments } from './attach.ts';
import { Batching } from './batching.ts';
import { makeDispatch } from './direct-dispatch.ts';
import {
  findDispatcher,
  type Hear,
  interceptEvents,
  interceptSends,
  missingHook,
  type PrivateMessage,
} from './hooks.ts';
import type { Sender } from './ipc-event.ts';
import { MainLoop } from './main-loop.ts';
import {
  type CodecName,
  type FromMain,
  type JoinAnswer,
  PRIVATE_CHANNEL,
  type StayNotice,
} from './pairing.ts';
import { type FramePath, type PathEntry, PathTable, stockPath } from './paths.ts';
import { addSessionPreload } from './session-preload.ts';

/** How {@link register} switches an application over. */
export interface RegisterOptions {
  /**
   * How values travel. `structured`: the structured clone algorithm, as Electron's IPC has it
   * since version 8. `json`: as the first Electron documents promised, "arguments will be
   * serialized as JSON and no functions or prototype chain will be included".
   *
   * @default 'structured'
   */
  readonly codec?: CodecName;
  /**
   * Whether the bursts of windows that stay on stock IPC, because they are sandboxed, travel in
   * batches: one stock message for many. `RINGWIRE_BATCH=off` in the environment does the same as
   * `false`.
   *
   * @default true
   */
  readonly batch?: boolean;
}

/** The state of ringwire in this main process. */
interface Main {
  readonly paths: PathTable;
  readonly codec: CodecName;
  /** Messages of a task that leave at once before others are collected; undefined: batch nothing. */
  readonly batchAfter: number | undefined;
  /** Undefined until the first WebContents shows what this Electron has. */
  installed: Installed | undefined;
  /** Why no frame can join, when none can. */
  unavailable: PathEntry | undefined;
}

/** What carries messages once Electron's own functions are replaced. */
interface Installed {
  readonly attachments: Attachments;
  /** Undefined when it is switched off. */
  readonly batching: Batching | undefined;
}

let main: Main | undefined;

/**
 * Switches the application over; what `require('ringwire/register')` does. To be called in
 * Electron's main process before the first window opens. Further calls do nothing.
 *
 * With `RINGWIRE=off` in the environment everything stays on stock IPC.
 *
 * @throws RingwireError `ERR_RINGWIRE_INVALID_ARGUMENT` outside of Electron's main process
 */
export function register(options: RegisterOptions = {}): void {
  if (main) return;
  const { codec = 'structured', batch = true } = options;
  if (codec !== 'structured' && codec !== 'json') {
    throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', {
      detail: `codec is 'structured' or 'json', not ${inspect(codec)}`,
    });
  }
  if (process.type !== 'browser') {
    throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', {
      detail: "ringwire/register belongs into Electron's main process",
    });
  }
  const state: Main = {
    codec,
    paths: new PathTable(() => state.unavailable ?? stockPath('not-joined')),
    batchAfter: batchAfter(batch),
    installed: undefined,
    unavailable: undefined,
  };
  main = state;
  if (process.env.RINGWIRE === 'off') {
    state.unavailable = stockPath('off', 'RINGWIRE=off in the environment');
    return;
  }
  try {
    loadNative();
  } catch (error) {
    giveUp(state, (error as Error).message);
    return;
  }
  app.on('session-created', (session) => addSessionPreload(session, preloadPath()));
  app.on('web-contents-created', (_event, webContents) => installOnce(state, webContents));
}

/**
 * Messages of a task that always leave at once: a few, so that only bursts are collected.
 * `RINGWIRE_BATCH` is a number in tests, which want all of them collected.
 */
function batchAfter(wanted: boolean): number | undefined {
  const { RINGWIRE_BATCH: setting = '8' } = process.env;
  const after = Number(setting);
  return wanted && Number.isInteger(after) && after >= 0 ? after : undefined;
}

/** Lists the frames of all windows with the path their messages take, and why. */
export function paths(): FramePath[] {
  return main?.paths.list() ?? [];
}

/** Ringwire cannot work here: say so once, and leave everything to stock IPC. */
function giveUp(state: Main, detail: string): void {
  state.unavailable = stockPath('unsupported', detail);
  console.warn(`ringwire: staying on Electron's own IPC. ${detail}`);
}

function installOnce(state: Main, webContents: WebContents): void {
  if (state.installed || state.unavailable) return;
  const missing = missingHook(webContents, webContents.mainFrame);
  if (missing) giveUp(state, `This Electron (${process.versions.electron}) has no ${missing}.`);
  else state.installed = install(state, webContents);
}

/** What the ends and beginnings of documents mean for what carries their messages. */
function hearsOfDocuments({ attachments, batching }: Installed): ReadonlyMap<string, Hear> {
  type Frame = [processId: number, frameId: number];
  return new Map<string, Hear>([
    [
      'did-start-navigation',
      (_contents, _url: string, sameDocument: boolean, _main: boolean, ...frame: Frame) => {
        if (!sameDocument) attachments.navigates(...frame);
      },
    ],
    [
      'did-frame-navigate',
      (_contents, _url: string, _code: number, _text: string, _main: boolean, ...frame: Frame) => {
        batching?.documentChanged(...frame);
        attachments.documentChanged(...frame, webFrameMain.fromId(...frame));
      },
    ],
    [
      'did-fail-load',
      (_contents, _code: number, _text: string, _url: string, _main: boolean, ...frame: Frame) => {
        attachments.loadFailed(...frame, webFrameMain.fromId(...frame));
      },
    ],
    ['did-stop-loading', (contents) => attachments.stays(contents)],
    // Electron's own, and the last moment at which messages of the window can be delivered.
    ['will-destroy', (contents) => attachments.drain(contents)],
    ['destroyed', (contents) => attachments.webContentsDestroyed(contents)],
  ]);
}

/** Replaces, once for the process, what all WebContents and frames share. */
function install(state: Main, first: WebContents): Installed {
  const dispatcher = findDispatcher(first);
  const sendStock = interceptSends(first.mainFrame, {
    send(frame, channel, args) {
      const batched = batching?.of(frame);
      const link = batched ? undefined : attachments.linkOf(frame);
      if (!link) {
        refuseShared(args, 'the frame it is sent to has no ring');
        batched?.send(channel, args);
        return batched !== undefined;
      }
      if (link.leaving && !holdsShared(args)) {
        sendStock(frame, PRIVATE_CHANNEL, ['late', channel, [...args]] satisfies FromMain);
      } else if (!link.trySend(channel, args)) {
        sendStock(frame, PRIVATE_CHANNEL, ['carry', channel, [...args]] satisfies FromMain);
        link.mark();
      }
      return true;
    },
    postMessage(frame, args, stock) {
      const [channel, message, transfer] = args;
      const link = typeof channel === 'string' && args.length > 1 && attachments.linkOf(frame);
      const ported = transfer !== undefined && !isEmptyList(transfer);
      const batched = batching?.of(frame);
      if (batched && typeof channel === 'string' && args.length > 1) {
        batched.flush();
        const carried: FromMain = ['carry', channel, [message]];
        stock(PRIVATE_CHANNEL, carried, ...(args.length > 2 ? [transfer] : []));
      } else if (!link) {
        stock(...args);
      } else if (link.leaving && !holdsShared([message])) {
        const late: FromMain = ['late', channel as string, [message]];
        stock(PRIVATE_CHANNEL, late, ...(ported ? [transfer] : []));
      } else if (ported || !link.trySend(channel as string, [message])) {
        const carried: FromMain = ['carry', channel as string, [message]];
        stock(PRIVATE_CHANNEL, carried, ...(ported ? [transfer] : []));
        link.mark();
      }
    },
  });
  const dispatchOf = (from: Sender) => makeDispatch(dispatcher, from);
  const attachments = new Attachments({
    paths: state.paths,
    dispatchOf,
    dispatcher,
    codec: state.codec,
    sendStock,
  });
  const loop = new MainLoop(() => batching?.loopNested());
  const batching =
    state.batchAfter === undefined
      ? undefined
      : new Batching({ dispatchOf, sendStock, loop, after: state.batchAfter });
  const installed: Installed = { attachments, batching };
  interceptEvents(first, {
    channel: PRIVATE_CHANNEL,
    take: (message) => receive(state, installed, message),
    before(kind, event, channel, internal) {
      batching?.before();
      if (kind === 'invoke') batching?.receiveAlone(event, channel);
      if (internal) attachments.drain(internal);
    },
    hears: hearsOfDocuments(installed),
  });
  return installed;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** One of ringwire's own stock messages. Its sender may be hostile: nothing in it is trusted. */
function receive(state: Main, installed: Installed, message: PrivateMessage): void {
  const { attachments, batching } = installed;
  const { kind, event, args } = message;
  const { processId, frameId } = event;
  if (kind === 'messageSync') {
    event._replyChannel?.sendReply(answer(state, attachments, message));
  } else if (kind === 'message' && args[0] === 'stay') {
    const [, reason, detail] = args as Partial<StayNotice>;
    const batched = reason === 'sandboxed' && batching?.begin(message) === true;
    const entry = stockPath(reason ?? 'not-joined', detail);
    state.paths.set(processId, frameId, batched ? { ...entry, batched } : entry);
  } else if (kind === 'message' || kind === 'invoke') {
    batching?.receive(message);
  } else {
    attachments.carry(message);
  }
}

/** Answers what a renderer asks synchronously, by stock IPC. */
function answer(state: Main, attachments: Attachments, message: PrivateMessage): unknown {
  const { args, event } = message;
  if (args[0] === 'join') return answerJoin(state, attachments, message);
  if (args[0] === 'fetch') {
    return attachments.linkOfSender(event.processId, event.frameId)?.fetch(args[1]);
  }
  return undefined;
}

function answerJoin(state: Main, attachments: Attachments, message: PrivateMessage): JoinAnswer {
  const { webContents, event } = message;
  const { processId, frameId } = event;
  const frame = webFrameMain.fromId(processId, frameId);
  if (!frame) return { reason: 'refused' };
  if (frame.url.startsWith('devtools:')) {
    // Preloads of the session run in the developer tools too, which are none of the application.
    state.paths.set(processId, frameId, stockPath('refused', 'the developer tools'));
    return { reason: 'refused' };
  }
  try {
    return attachments.join(webContents, frame, event);
  } catch (error) {
    state.paths.set(processId, frameId, stockPath('unsupported', (error as Error).message));
    return { reason: 'unsupported' };
  }
}

/** The built session preload, next to the built file this is part of. */
function preloadPath(): string {
  return join(__dirname, 'preload.cjs');
}
