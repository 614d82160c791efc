import { join } from 'node:path';
import { inspect } from 'node:util';
import { app, type Session, type WebContents } from 'electron';
import { RingwireError } from '../../core/errors.ts';
import { loadNative } from '../../core/native.ts';
import { packageRoot } from '../../core/package-root.ts';
import { PRIVATE_CHANNEL } from '../protocol.ts';
import { catchMissed } from './hooks/backstop.ts';
import { addSessionPreload } from './hooks/session-preload.ts';
import type { RegisterOptions } from './options.ts';
import { type FramePath, type PathEntry, PathTable, stockPath } from './paths.ts';
import { refuse } from './reception.ts';
import { Takeover } from './takeover.ts';
import { warnOfStock } from './warning.ts';

/** The state of ringwire in this main process. */
interface Main {
  readonly paths: PathTable;
  /** Undefined until the first WebContents shows what this Electron has. */
  takeover: Takeover | undefined;
  /** Why no frame can join, when none can. */
  unavailable: PathEntry | undefined;
  /** Take ringwire's preload away again; until it is certain that someone answers it. */
  readonly preloads: (() => void)[];
  /** Those that have it. */
  readonly sessions: WeakSet<Session>;
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
  checkOptions(options);
  const state: Main = {
    paths: new PathTable(() => state.unavailable ?? stockPath('not-joined')),
    takeover: undefined,
    unavailable: undefined,
    preloads: [],
    sessions: new WeakSet(),
  };
  main = state;
  if (process.env.RINGWIRE === 'off') {
    state.unavailable = stockPath('off', 'RINGWIRE=off in the environment');
    return;
  }
  try {
    loadNative();
    catchMissed(PRIVATE_CHANNEL, (message) => {
      if (state.takeover) state.takeover.takeMissed(message);
      else refuse(message);
    });
  } catch (error) {
    giveUp(state, (error as Error).message);
    return;
  }
  app.on('session-created', (session) => addPreload(state, session));
  app.on('web-contents-created', (_event, webContents) => takeOver(state, options, webContents));
}

function checkOptions({ codec = 'structured', filter }: RegisterOptions): void {
  const expected =
    codec !== 'structured' && codec !== 'json'
      ? `codec is 'structured' or 'json', not ${inspect(codec)}`
      : filter !== undefined && typeof filter !== 'function'
        ? `filter is a function, not ${inspect(filter)}`
        : process.type !== 'browser' && "ringwire/register belongs into Electron's main process";
  if (expected) throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', { detail: expected });
}

/** Lists the frames of all windows with the path their messages take, and why. */
export function paths(): FramePath[] {
  return main?.paths.list() ?? [];
}

/** Ringwire cannot work here: say so once, and leave everything to stock IPC. */
function giveUp(state: Main, detail: string): void {
  state.unavailable = stockPath('unsupported', detail);
  for (const remove of state.preloads.splice(0)) remove();
  warnOfStock('staying', detail);
}

/** Once for each session; for one that is older than ringwire, with the first window in it. */
function addPreload(state: Main, session: Session): void {
  if (state.unavailable || state.sessions.has(session)) return;
  state.sessions.add(session);
  try {
    const remove = addSessionPreload(session, preloadPath());
    if (!state.takeover) state.preloads.push(remove);
  } catch (error) {
    giveUp(state, (error as Error).message);
  }
}

/** The first window shows what this Electron has; each may need something of its own. */
function takeOver(state: Main, options: RegisterOptions, webContents: WebContents): void {
  if (state.unavailable) return;
  try {
    state.takeover ??= new Takeover(webContents, { ...options, paths: state.paths });
    state.preloads.length = 0;
  } catch (error) {
    giveUp(state, (error as Error).message);
    return;
  }
  state.takeover.cover(webContents);
  if (webContents.session) addPreload(state, webContents.session);
}

/** The built session preload. */
function preloadPath(): string {
  return join(packageRoot(), 'dist/preload.cjs');
}
