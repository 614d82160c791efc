import { join } from 'node:path';
import { app, type WebContents, webFrameMain } from 'electron';
import { loadNative } from '../core/native.ts';
import { Attachments } from './attach.ts';
import { releaseCarried } from './carried.ts';
import {
  addSessionPreload,
  interceptMessages,
  interceptSends,
  missingHook,
  type PrivateMessage,
  type StockSend,
} from './hooks.ts';
import { type FromMain, type JoinAnswer, PRIVATE_CHANNEL, type StayNotice } from './pairing.ts';
import { type FramePath, type PathEntry, PathTable, stockPath } from './paths.ts';

/** The state of ringwire in this main process. */
interface Main {
  readonly paths: PathTable;
  /** Undefined until the first WebContents shows what this Electron has. */
  attachments: Attachments | undefined;
  /** Why no frame can join, when none can. */
  unavailable: PathEntry | undefined;
}

let main: Main | undefined;

/**
 * Switches the application over; what `require('ringwire/register')` does. To be called in
 * Electron's main process before the first window opens. Further calls do nothing.
 *
 * With `RINGWIRE=off` in the environment everything stays on stock IPC.
 *
 * @throws Error outside of Electron's main process
 */
export function register(): void {
  if (main) return;
  if (process.type !== 'browser') {
    throw new Error("ringwire/register belongs into Electron's main process");
  }
  const state: Main = {
    paths: new PathTable(() => state.unavailable ?? stockPath('not-joined')),
    attachments: undefined,
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
  app.on('web-contents-created', (_event, webContents) => watch(state, webContents));
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

function watch(state: Main, webContents: WebContents): void {
  if (!state.attachments && !state.unavailable) {
    const missing = missingHook(webContents, webContents.mainFrame);
    if (missing) giveUp(state, `This Electron (${process.versions.electron}) has no ${missing}.`);
    else state.attachments = install(state, webContents);
  }
  const { attachments } = state;
  if (!attachments) return;
  webContents.on('did-frame-navigate', (_event, _url, _code, _text, _main, processId, frameId) => {
    attachments.documentChanged(processId, frameId, webFrameMain.fromId(processId, frameId));
  });
  webContents.once('destroyed', () => attachments.webContentsDestroyed(webContents));
}

/** Replaces, once for the process, what all WebContents and frames share. */
function install(state: Main, first: WebContents): Attachments {
  const sendStock: StockSend = interceptSends(first.mainFrame, {
    send(frame, channel, args) {
      const link = attachments.linkOf(frame);
      link?.send(channel, args);
      return link !== undefined;
    },
    postMessage(frame, args, stock) {
      const link = attachments.linkOf(frame);
      const [channel, message, transfer] = args;
      if (!link || typeof channel !== 'string' || args.length < 2) {
        stock(...args);
        return;
      }
      stock(PRIVATE_CHANNEL, ['carry', channel, message] satisfies FromMain, transfer);
      link.mark();
    },
  });
  const attachments = new Attachments(state.paths, sendStock);
  interceptMessages(first, PRIVATE_CHANNEL, (message) => receive(state, attachments, message));
  return attachments;
}

/** One of ringwire's own stock messages. Its sender may be hostile: nothing in it is trusted. */
function receive(state: Main, attachments: Attachments, message: PrivateMessage): void {
  const { kind, event, args } = message;
  const { processId, frameId } = event;
  if (kind === 'message-sync') {
    event._replyChannel?.sendReply(answerJoin(state, attachments, message));
  } else if (kind === 'message') {
    const [, reason, detail] = args as Partial<StayNotice>;
    state.paths.set(processId, frameId, stockPath(reason ?? 'not-joined', detail));
  } else {
    const link = attachments.linkOfSender(processId, frameId);
    if (link) link.carry(message);
    else releaseCarried(message);
  }
}

function answerJoin(state: Main, attachments: Attachments, message: PrivateMessage): JoinAnswer {
  const { webContents, event } = message;
  const { processId, frameId } = event;
  const frame = webFrameMain.fromId(processId, frameId);
  if (!frame) return { reason: 'refused' };
  try {
    return attachments.join({ webContents, processId, frameId }, frame);
  } catch (error) {
    state.paths.set(processId, frameId, stockPath('unsupported', (error as Error).message));
    return { reason: 'unsupported' };
  }
}

/** The built session preload, next to the built file this is part of. */
function preloadPath(): string {
  return join(__dirname, 'preload.cjs');
}
