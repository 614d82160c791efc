import type { ContextName } from '../scenario.ts';

/** What the runner asks of one Electron process; a JSON file named by the environment. */
export interface Plan {
  readonly mode: Mode;
  /** The file to which entries are appended, one JSON per line. */
  readonly report: string;
  /** For preloads and the user's data of this process. */
  readonly folder: string;
  readonly items: readonly PlanItem[];
}

export type Mode = 'stock' | 'ringwire';

export interface PlanItem {
  /** Identifies scenario and context. */
  readonly key: string;
  /** The compiled module, and which of its scenarios. */
  readonly file: string;
  readonly index: number;
  readonly context: ContextName;
}

/** Lines of the report, in the order in which things happened. */
export type Entry =
  | { type: 'start'; key: string }
  | { type: 'line'; key: string; actor: string; line: string }
  | { type: 'end'; key: string; error?: string };

export const planVariable = 'RINGWIRE_PARITY_PLAN';
