/** What the runner and the processes of a trial tell each other. */
import type { Limits } from '../measure/measure.ts';

/** The environment variable that carries a {@link TrialOrder} as JSON. */
export const orderVariable = 'RINGWIRE_BENCH_TRIAL';

export interface TrialOrder {
  readonly scenario: string;
  readonly contender: string;
  readonly limits: Limits;
}

/** CPU time in microseconds between warm-up and the end of measuring. */
export interface CpuTime {
  /** The process that calls and measures; in Electron the window's. */
  readonly caller: number;
  /** The process that answers; in Electron main. Null when both ends live in one process. */
  readonly answerer: number | null;
}

/** What a trial found. A wrong answer is an error, never a sample. */
export interface Measurement {
  /** In the unit of the scenario, in the order they were taken. */
  readonly samples: Float64Array;
  /** Messages or calls that all samples together stand for. */
  readonly operations: number;
  /** Microseconds that they took together. */
  readonly elapsed: number;
  /** Answers compared with what they had to be. */
  readonly answersChecked: number;
  /** Absent where the scenario does not count it. */
  readonly cpu?: CpuTime;
  /** Further numbers, by name, for the raw data. */
  readonly details?: Readonly<Record<string, number>>;
}

export type TrialOutcome =
  | { readonly type: 'measured'; readonly measurement: Measurement }
  /** Ready to be watched from outside: from now on nothing happens unless {@link act} asks for it. */
  | { readonly type: 'still'; readonly processes: ObservedProcesses }
  /** What {@link act} asked for has been done. */
  | { readonly type: 'acted' }
  | { readonly type: 'failed'; readonly reason: string };

/** The runner tells an application that it watches: do what is to be seen. */
export const act = 'act';

/** Process ids of an application that is being watched. */
export interface ObservedProcesses {
  readonly main: number;
  readonly pages: readonly number[];
}

export function readOrder(): TrialOrder {
  const json = process.env[orderVariable];
  if (json === undefined) throw new Error(`${orderVariable} is not set: npm run bench sets it`);
  return JSON.parse(json) as TrialOrder;
}

export function failed(error: unknown): TrialOutcome {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const reason = stack.replace(/^Error: /, ''); // whoever reads it knows that it failed
  return { type: 'failed', reason };
}
