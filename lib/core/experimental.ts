/**
 * Platforms that have an addon which nobody has run. It is loaded only where that is asked for; all
 * else is as on a platform without one.
 */
import { RingwireError } from './errors.ts';

const platforms = {
  Node: ['darwin-x64', 'darwin-arm64', 'win32-arm64'],
  Electron: ['darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'],
} as const satisfies Record<string, readonly string[]>;

/** On the global object, so that every copy of ringwire in this context finds it. */
const askedKey: unique symbol = Symbol.for('ringwire.experimental');
type Holder = { [askedKey]?: true };

/** Where this process runs, if nobody has run the addon there; and whether it may be loaded. */
export interface Experimental {
  /** Such as `win32-x64 in Electron`. */
  readonly where: string;
  readonly on: boolean;
}

/** Asks for the addon in this context, as `RINGWIRE_EXPERIMENTAL=1` does in all of a process. */
export function askForExperimental(): void {
  (globalThis as Holder)[askedKey] = true;
}

/** Whether it is asked for, here or in the environment. */
export function isExperimentalAskedFor(): boolean {
  return process.env.RINGWIRE_EXPERIMENTAL === '1' || askedKey in globalThis;
}

/** What makes another process do as this one, in its environment. */
export function experimentalEnvironment(): Record<string, string> {
  return isExperimentalAskedFor() ? { RINGWIRE_EXPERIMENTAL: '1' } : {};
}

/** Undefined where somebody has run the addon, and where there is none. */
export function experimental(): Experimental | undefined {
  const runtime = process.versions.electron === undefined ? 'Node' : 'Electron';
  const here = `${process.platform}-${process.arch}`;
  if (!(platforms[runtime] as readonly string[]).includes(here)) return undefined;
  return { where: `${here} in ${runtime}`, on: isExperimentalAskedFor() };
}

/** Why the addon is not loaded here, and what switches it on; undefined where it may be. */
export function experimentalObjection(): string | undefined {
  const { where, on = true } = experimental() ?? {};
  if (on) return undefined;
  const inMain = process.type === 'browser' ? ' or register({ experimental: true })' : '';
  return `${where} is experimental (built, not run); RINGWIRE_EXPERIMENTAL=1 in the environment${inMain} switches it on`;
}

/** @throws {@link RingwireError} `ERR_RINGWIRE_UNSUPPORTED` with {@link experimentalObjection} */
export function checkExperimental(): void {
  const detail = experimentalObjection();
  if (detail !== undefined) throw new RingwireError('ERR_RINGWIRE_UNSUPPORTED', { detail });
}
