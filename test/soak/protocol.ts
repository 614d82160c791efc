import type { Sums } from './traffic/ledger.ts';

/** What the script of the soak gives the application, as JSON in its environment. */
export interface Plan {
  readonly seed: number;
  readonly milliseconds: number;
  readonly windows: number;
  readonly peers: number;
  /** Milliseconds between two disturbances of windows, on average. */
  readonly pace: number;
  /** The program that runs Node peers. */
  readonly node: string;
}

export const planVariable = 'RINGWIRE_SOAK_PLAN';

/** What the main process holds. */
export interface Holdings {
  /** Bytes. */
  readonly residentMemory: number;
  readonly external: number;
  readonly descriptors: number;
  readonly threads: number;
  readonly mappings: number;
}

/** What the application reports, once a minute and at its end. */
export interface Report {
  readonly seconds: number;
  readonly sums: Readonly<Sums>;
  /** How often each kind of disturbance happened. */
  readonly disturbances: Readonly<Record<string, number>>;
  /** Conversations that windows began by a ring. */
  readonly byRing: number;
  readonly holdings: Holdings;
  readonly faults: readonly string[];
  /** Set in the last one. */
  readonly ended: boolean;
}
