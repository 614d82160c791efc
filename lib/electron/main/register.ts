import { inspect } from 'node:util';
import { webContents as allContents, app, type Session, type WebContents } from 'electron';
import { RingwireError } from '../../core/errors.ts';
import { askForExperimental, experimentalObjection } from '../../core/experimental.ts';
import { checkNames, type OptionNames } from '../../core/option-names.ts';
import { builtFile, packageRoot, setApplicationFolder } from '../../core/package-root.ts';
import { PRIVATE_CHANNEL } from '../protocol.ts';
import { warnOfArchive } from './archive.ts';
import { refuse } from './hooks/answer-sync.ts';
import { catchMissed } from './hooks/backstop.ts';
import { addSessionPreload } from './hooks/session-preload.ts';
import { loadTakeover } from './load-takeover.ts';
import { type EffectiveOptions, type RegisterOptions, withDefaults } from './options.ts';
import { type FramePath, type PathEntry, PathTable, stockPath } from './paths.ts';
import { serve, serving } from './serving.ts';
import type { Takeover } from './takeover.ts';
import { warnOfStock } from './warning.ts';

/** The state of ringwire in this main process. */
interface Main {
  readonly options: EffectiveOptions;
  readonly paths: PathTable;
  /** Undefined until the first WebContents shows what this Electron has. */
  takeover: Takeover | undefined;
  /** Why no frame can join, when none can. */
  unavailable: PathEntry | undefined;
  /** Take ringwire's preload away again; until it is certain that someone answers it. */
  readonly preloads: (() => void)[];
  /** Those that have it. */
  readonly sessions: WeakSet<Session>;
  /** Windows that were open before ringwire was there. */
  readonly older: WeakSet<WebContents>;
}

/**
 * Switches the application over; what `require('ringwire/register')` does. To be called in
 * Electron's main process before the first window opens. Further calls do nothing; the console says so
 * if they have other options. The same holds for further copies of ringwire, of any version: the first
 * one serves.
 *
 * With `RINGWIRE=off` in the environment everything stays on stock IPC. So it does on a platform that
 * is experimental, unless that is asked for.
 *
 * @throws RingwireError `ERR_RINGWIRE_INVALID_ARGUMENT` outside of Electron's main process
 */
export function register(options: RegisterOptions = {}): void {
  checkOptions(options);
  const first = serving();
  if (first) {
    warnOfIgnored(options, first.options);
    return;
  }
  const state: Main = {
    options: withDefaults(options),
    paths: new PathTable((contents) => state.unavailable ?? notJoined(state, contents)),
    takeover: undefined,
    unavailable: undefined,
    preloads: [],
    sessions: new WeakSet(),
    older: new WeakSet(),
  };
  serve({ options: state.options, paths: () => state.paths.list() });
  if (process.env.RINGWIRE === 'off') {
    state.unavailable = stockPath('off', 'RINGWIRE=off in the environment');
    return;
  }
  if (state.options.experimental) askForExperimental();
  const objection = experimentalObjection();
  if (objection !== undefined) {
    state.unavailable = stockPath('experimental', objection);
    return;
  }
  setApplicationFolder(app.getAppPath());
  try {
    if (!app.isPackaged) warnOfArchive(packageRoot());
    catchMissed(PRIVATE_CHANNEL, (message) => {
      if (state.takeover) state.takeover.takeMissed(message);
      else refuse(message);
    });
  } catch (error) {
    giveUp(state, (error as Error).message);
    return;
  }
  app.on('session-created', (session) => addPreload(state, session));
  app.on('web-contents-created', (_event, webContents) => takeOver(state, webContents));
  takeOverOpen(state);
}

/** Windows that are open already take part from their next load on. */
function takeOverOpen(state: Main): void {
  const open = allContents.getAllWebContents();
  for (const webContents of open) {
    state.older.add(webContents);
    takeOver(state, webContents);
  }
  if (open.length === 0 || state.unavailable || app.isPackaged) return;
  console.warn(
    `ringwire: ${open.length} open before register(): on Electron's own IPC until the next load. ` +
      'Call register() before the first window opens.',
  );
}

/** Of a frame whose preload has not said anything. */
function notJoined({ older }: Main, webContents: WebContents): PathEntry {
  return older.has(webContents)
    ? stockPath('not-joined', 'the document is older than register(); the next one takes part')
    : stockPath('not-joined', 'no preload of ringwire has run in this document, or not yet');
}

const optionNames: OptionNames<RegisterOptions> = {
  codec: true,
  batch: true,
  filter: true,
  experimental: true,
};

function checkOptions(options: RegisterOptions): void {
  checkNames('register', options, optionNames);
  const { codec = 'structured', filter, experimental = false } = options;
  const expected =
    codec !== 'structured' && codec !== 'json'
      ? `codec is 'structured' or 'json', not ${inspect(codec)}`
      : filter !== undefined && typeof filter !== 'function'
        ? `filter is a function, not ${inspect(filter)}`
        : typeof experimental !== 'boolean'
          ? `experimental is true or false, not ${inspect(experimental)}`
          : process.type !== 'browser' && "ringwire/register belongs into Electron's main process";
  if (expected) throw new RingwireError('ERR_RINGWIRE_INVALID_ARGUMENT', { detail: expected });
}

function warnOfIgnored(options: RegisterOptions, inForce: EffectiveOptions): void {
  const names = Object.keys(options) as (keyof RegisterOptions)[];
  const ignored = names.filter((name) => options[name] !== inForce[name]);
  if (ignored.length === 0) return;
  console.warn(
    `ringwire: register() was called before. Its options stay; ignored: ${ignored.join(', ')}.`,
  );
}

/** Lists the frames of all windows with the path their messages take, and why. */
export function paths(): FramePath[] {
  return serving()?.paths() ?? [];
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
    const remove = addSessionPreload(session, builtFile('preload.cjs'));
    if (!state.takeover) state.preloads.push(remove);
  } catch (error) {
    giveUp(state, (error as Error).message);
  }
}

/** @throws Error with what keeps ringwire from working here */
function makeTakeover({ options, paths }: Main, first: WebContents): Takeover {
  const { Takeover } = loadTakeover();
  return new Takeover(first, { ...options, paths });
}

/** The first window shows what this Electron has; each may need something of its own. */
function takeOver(state: Main, webContents: WebContents): void {
  if (state.unavailable) return;
  try {
    state.takeover ??= makeTakeover(state, webContents);
    state.preloads.length = 0;
  } catch (error) {
    giveUp(state, (error as Error).message);
    return;
  }
  state.takeover.cover(webContents);
  if (webContents.session) addPreload(state, webContents.session);
}
