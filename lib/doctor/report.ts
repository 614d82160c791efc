/** What the part of the doctor that runs in Electron tells the part that started it. */
import type { Experimental } from '../core/experimental.ts';
import type { FramePath } from '../electron/main/paths.ts';

/** Which IPC a start is about. */
export type Side = 'stock' | 'ringwire';

/** The windows that are opened, in this order. */
export const windowKinds = ['isolated', 'node', 'sandboxed'] as const;

export type WindowKind = (typeof windowKinds)[number];

/** What was observed of one kind of message, as text: equal texts are the same behaviour. */
export type Observations = Readonly<Record<string, string>>;

/** Microseconds by what was measured. */
export type Speeds = Readonly<Record<string, number>>;

export interface WindowReport {
  readonly path: Pick<FramePath, 'path' | 'reason' | 'detail' | 'batched'>;
  readonly observations: Observations;
  readonly speeds: Speeds;
  /** The step at which it stopped, if it has not finished. */
  readonly stoppedAt?: string;
}

export interface SideReport {
  readonly versions: { readonly electron: string; readonly chrome: string; readonly node: string };
  /** Why the addon does not load in main; absent where it does. */
  readonly addonError?: string;
  /** Where nobody has run the addon, if this is such a place. */
  readonly experimental?: Experimental;
  readonly windows: Readonly<Partial<Record<WindowKind, WindowReport>>>;
}

/** Messages over Node's own IPC, from Electron to who started it. */
export type FromElectron =
  | { readonly step: string }
  | { readonly report: SideReport }
  | { readonly failure: string };
