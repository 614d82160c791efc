/** The shape of a scenario: a question that a user asks, the same for every contender. */
import type { IpcMain, IpcRenderer, WebContents, WebPreferences } from 'electron';
import type { Limits, Patience, Work } from '../harness/measure/measure.ts';
import type { CpuReading } from '../harness/measure/work.ts';
import type { Measurement, ObservedProcesses } from '../harness/trials/trial.ts';
import type { LeastTime } from '../parts/least-time.ts';
import type { Recipe } from '../parts/parts.ts';

/** Where a scenario runs: in Electron, or between two Node processes. */
export type Group = 'electron' | 'node';

/** What a sample counts. Less is better in each of them. */
export type Unit = 'us' | 'wake-ups/s' | 'MiB';

/** The target: how many times faster than stock this should be. */
export interface Target {
  readonly p50: number;
  readonly p99?: number;
}

/** What grows from one scenario to the next; see growth.ts. */
export type Axis = 'bytes' | 'windows' | 'channels' | 'listeners' | 'in flight';

/** Its place on that axis. */
export interface Growth {
  readonly axis: Axis;
  readonly at: number;
}

interface Described {
  /** As `--scenario` takes it. */
  readonly id: string;
  /** As tables and plots print it. */
  readonly title: string;
  readonly unit: Unit;
  /** Bytes of one message, where that is the point. */
  readonly bytes?: number;
  /** Id of the scenario with which this one's throughput is compared in print. */
  readonly beside?: string;
  /** Where it stands in a plot of cost against something that grows. */
  readonly growth?: Growth;
  /** The least time that this can take on the machine. */
  readonly floor?: LeastTime;
  /** How many of the pieces that are measured alone one sample takes. */
  readonly recipe?: Recipe;
}

/** What a scenario finds in Electron's main process. */
export interface MainSide {
  readonly ipcMain: IpcMain;
  /** In the order the windows were opened. */
  readonly windows: readonly WebContents[];
}

/** What a scenario finds in the preload of a window. */
export interface PageSide {
  readonly ipcRenderer: IpcRenderer;
  /** Which window this is, from 0. */
  readonly index: number;
  /** Ids of the windows' `webContents`, in the same order. */
  readonly webContentsIds: readonly number[];
  readonly limits: Limits;
  /** The moment (see clock.ts) at which all windows begin, if several measure. */
  readonly begin: number;
  readonly readCpu: CpuReading;
  measure(work: Work): Promise<Measurement>;
}

/** A window whose page has loaded. */
export interface OpenedWindow {
  readonly contents: WebContents;
  /** Microseconds from the call that made it until its page was loaded. */
  readonly loaded: number;
  /** What {@link ElectronScenario.atLoad} returned in it. */
  readonly found: unknown;
}

/** What a scenario finds in main when it opens its windows itself. */
export interface OpeningSide {
  readonly limits: Limits;
  /** One at a time. */
  open(preferences?: WebPreferences): Promise<OpenedWindow>;
  /** Resolves when it is gone. */
  close(window: OpenedWindow): Promise<void>;
  /** Resolves with what `atLoad` returned in the next document of any window. */
  nextLoad(): Promise<unknown>;
}

/** Has window 0 do {@link ElectronScenario.act}, and resolves when it has done so. */
export type Act = () => Promise<void>;

/**
 * An application for real Electron. It uses Electron's own modules only, and does not know how its
 * messages travel.
 */
export interface ElectronScenario extends Described {
  readonly windows: number;
  /** Windows as Electron makes them by default, where no native code runs. */
  readonly sandboxed?: true;
  /** The last major version of Electron that has what it measures. @default all */
  readonly lastElectron?: number;
  readonly target?: Target;
  /** For a contender so slow that the usual time gives too few samples. */
  readonly patience?: Patience;
  /** Registers what main answers, before any window measures. */
  main(side: MainSide): void;
  /** Gets a window ready: listeners that must be there before any window measures. */
  prepare?(side: PageSide): void;
  /** Measures, in window 0 alone unless there is {@link combine}. */
  page(side: PageSide): Promise<Measurement | undefined>;
  /** Combines the results of all windows. If it is there, all windows measure at once. */
  combine?(measurements: readonly Measurement[]): Measurement;
  /** Measures from outside, after every `page` has ended. Then only `act` does anything inside. */
  observe?(processes: ObservedProcesses, limits: Limits, act: Act): Promise<Measurement>;
  /** What window 0 does, when {@link observe} says so. */
  act?(side: PageSide): Promise<void>;
  /** Runs in each document as soon as it has loaded: nothing has used its IPC before. */
  atLoad?(side: Pick<PageSide, 'ipcRenderer'>): unknown;
  /** Measures in main, which opens the windows; then {@link windows} is 0. */
  inMain?(side: OpeningSide): Promise<Measurement>;
}

/** What the other end can do. Not every contender has all of it. */
export interface Abilities {
  /** Blocks until the answer is there. */
  callSync(value: Value): Value;
  request(value: Value): Promise<Value>;
  /** One way, in order. */
  post(value: Value): void;
}

export type Ability = keyof Abilities;

/** A connection of two processes (or threads), with what its contender can do. */
export interface Connection extends Partial<Abilities> {
  close(): void | Promise<void>;
}

/** Small values and bytes: every contender can send these. */
export type Value = number | string | Uint8Array;

/** What the other end of a {@link Connection} does. */
export interface Service {
  answer(value: Value): Value;
  receive(value: Value): void;
}

/** What a scenario finds in the calling process. */
export interface CallerSide {
  /** Has at least what the scenario {@link NodeScenario.needs}. */
  readonly connection: Abilities;
  measure(work: Work): Promise<Measurement>;
}

export interface NodeScenario extends Described {
  /** Contenders that cannot do all of this take no part in it. */
  readonly needs: readonly Ability[];
  /** Runs in the answering process, once per trial. */
  service(): Service;
  caller(side: CallerSide): Promise<Measurement>;
}
